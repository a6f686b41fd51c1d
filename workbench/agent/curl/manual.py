"""Every option of curl(1), and what becomes of it here; read from curl 7.88 and 8.17.

In the lists below ``d/data=`` is ``-d`` and ``--data``, which takes a value, and
``fail`` is ``--fail``, which takes none.
"""

from typing import NamedTuple

DONE = ""
"""What an option has for a reason that is carried out here."""


class Manual(NamedTuple):
    """What is known of an option.

    Attributes:
        name: The long one.
        takes_value: Whether a value follows it.
        aside: Why nothing here depends on it, or "".
        refused: What curl would do that is not done here, or "".
    """

    name: str
    takes_value: bool
    aside: str = DONE
    refused: str = DONE


_DONE = """
    A/user-agent= D/dump-header= G/get H/header= I/head L/location X/request= basic
    b/cookie= compressed d/data= data-ascii= data-binary= data-raw= data-urlencode=
    e/referer= f/fail fail-with-body follow g/globoff i/include json= location-trusted
    oauth2-bearer= u/user= url= url-query= v/verbose w/write-out=
"""

_ASIDE = {
    "the answer is shown here, and nothing else": """
        s/silent S/show-error #/progress-bar N/no-buffer no-progress-meter B/use-ascii
        styled-output suppress-connect-headers fail-early raw tr-encoding
        ignore-content-length
    """,
    "no file is written; the call has it all": """
        o/output= O/remote-name remote-name-all J/remote-header-name output-dir=
        out-null create-dirs create-file-mode= no-clobber R/remote-time xattr
        remove-on-error skip-existing stderr= trace= trace-ascii= trace-time trace-ids
        trace-config= libcurl= c/cookie-jar= etag-save=
    """,
    "the server is in this process, so that no network has to be waited for": """
        m/max-time= connect-timeout= expect100-timeout= Y/speed-limit= y/speed-time=
        limit-rate= rate= retry= retry-delay= retry-max-time= retry-all-errors
        retry-connrefused max-filesize= Z/parallel parallel-immediate parallel-max=
        parallel-max-host= keepalive-time= keepalive-cnt= no-keepalive
        happy-eyeballs-timeout-ms=
    """,
    "the server is in this process, so that no address has to be found": """
        4/ipv4 6/ipv6 resolve= connect-to= interface= local-port= dns-interface=
        dns-ipv4-addr= dns-ipv6-addr= dns-servers= doh-url= doh-insecure doh-cert-status
        unix-socket= abstract-unix-socket= tcp-fastopen tcp-nodelay mptcp ip-tos=
        vlan-priority= alt-svc= hsts= noproxy=
    """,
    "the request is the same in every version of HTTP": """
        0/http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only http0.9
    """,
    "the server is in this process, so that no certificate has to be checked": """
        k/insecure cacert= capath= ca-native cert-status crlfile= pinnedpubkey= ciphers=
        tls13-ciphers= curves= sigalgs= engine= false-start no-alpn no-npn no-sessionid
        ssl ssl-reqd ssl-allow-beast ssl-auto-client-cert ssl-no-revoke
        ssl-revoke-best-effort ssl-sessions= 1/tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3
        tls-max= tls-earlydata 2/sslv2 3/sslv3 ech= egd-file= random-file=
    """,
    "it is about a proxy, and there is none": """
        proxy-anyauth proxy-basic proxy-cacert= proxy-capath= proxy-ca-native
        proxy-cert= proxy-cert-type= proxy-ciphers= proxy-crlfile= proxy-digest
        proxy-http2 proxy-http3 proxy-insecure proxy-key= proxy-key-type=
        proxy-negotiate proxy-ntlm proxy-pass= proxy-pinnedpubkey= proxy-service-name=
        proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tls13-ciphers=
        proxy-tlsauthtype= proxy-tlspassword= proxy-tlsuser= proxy-tlsv1 socks5-basic
        socks5-gssapi socks5-gssapi-nec socks5-gssapi-service=
    """,
    "redirections are not followed here": """
        max-redirs= post301 post302 post303 proto-redir=
    """,
    "the request does not depend on it": """
        q/disable disallow-username-in-url j/junk-session-cookies proto= delegation=
        service-name=
    """,
    "it is about another protocol than HTTP": """
        a/append compressed-ssh disable-eprt disable-epsv ftp-account=
        ftp-alternative-to-user= ftp-create-dirs ftp-method= ftp-pasv P/ftp-port=
        ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-ccc-mode= ftp-ssl-control
        hostpubmd5= hostpubsha256= ipfs-gateway= knownhosts= krb= l/list-only
        login-options= mail-auth= mail-from= mail-rcpt= mail-rcpt-allowfails pubkey=
        Q/quote= sasl-authzid= sasl-ir t/telnet-option= tftp-blksize= tftp-no-options
        upload-flags=
    """,
}
"""What changes nothing here, by the reason why."""

_REFUSED = {
    "sends multipart/form-data, which AM's OAuth 2.0 endpoints do not read; use -d or "
    "--data-urlencode": "F/form= form-string= form-escape",
    "sends the content of a file": "T/upload-file= crlf",
    "sends another request than this one; put each into a cell of its own": ":/next",
    "reads options from a file": "K/config= n/netrc netrc-file= netrc-optional",
    "sends a client certificate (mutual TLS)": """
        E/cert= cert-type= key= key-type= pass= tlsauthtype= tlspassword= tlsuser=
    """,
    "authenticates in another way than AM's clients do; use -u, or -d client_id=… -d "
    "client_secret=…": "anyauth aws-sigv4= digest negotiate ntlm ntlm-wb",
    "sends the request to another server, or by way of one": """
        x/proxy= preproxy= proxy1.0= p/proxytunnel U/proxy-user= proxy-header= socks4=
        socks4a= socks5= socks5-hostname= haproxy-protocol haproxy-clientip=
    """,
    "asks for a part of the answer, or for one of a certain time": """
        C/continue-at= r/range= z/time-cond= etag-compare=
    """,
    "changes the URL that is sent": "request-target= path-as-is proto-default=",
    "has variables of its own; use $NAME for one of the notebook": "variable=",
    "prints something and sends nothing": """
        h/help M/manual V/version dump-ca-embed metalink
    """,
}
"""What would change the request, by what it does in curl."""


def _read(lines: str, **why: str) -> list[tuple[str, Manual]]:
    """The options of a list, each with its short name or ""."""
    found = []
    for word in lines.split():
        short, _, long = word.rpartition("/")
        name = long.removesuffix("=")
        found.append((short, Manual(name, long.endswith("="), **why)))
    return found


_ALL = [
    *_read(_DONE),
    *(each for why, names in _ASIDE.items() for each in _read(names, aside=why)),
    *(each for why, names in _REFUSED.items() for each in _read(names, refused=why)),
]

LONG = {manual.name: manual for _, manual in _ALL}
"""Each option by its long name, as curl's own help prints it."""

SHORT = {short: manual for short, manual in _ALL if short}
"""Those with a short name, by that letter."""

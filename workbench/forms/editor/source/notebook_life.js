// What JupyterLab does to a notebook that it should not: it calls one unsaved that was
// only told which Python runs it, and leaves a form as it was when its kernel died.

const GONE = ["autorestarting", "dead", "terminating"];
const CLOSED = "jupyter-widgets-disconnected"; // as ipywidgets marks one on a restart

const later = () => new Promise((done) => setTimeout(done));

// The forms are marked in cells that are out of sight too.
function sleep(panel) {
  panel.content.widgets
    .flatMap((cell) => [...cell.node.querySelectorAll(".wb-form")])
    .forEach((form) => form.classList.add(CLOSED));
}

// A lesson says that its language is Python, and not which: that is the reader's own.
// JupyterLab adds it, which is no work of anybody's that could be lost.
async function keepSaved(model, kernel) {
  if (model.dirty || model.getMetadata("language_info")?.version) return;
  const cells = () => JSON.stringify(model.sharedModel.toJSON().cells);
  const before = cells();
  await Promise.all([kernel.info, kernel.spec]);
  await later();
  if (!model.isDisposed && cells() === before) model.dirty = false;
}

export function follow(panel) {
  const { context } = panel;
  const session = context.sessionContext;
  const told = (kernel) => {
    if (kernel) context.ready.then(() => keepSaved(context.model, kernel));
  };
  session.kernelChanged.connect((_, { oldValue, newValue }) => {
    if (oldValue) sleep(panel);
    told(newValue);
  });
  session.statusChanged.connect((_, status) => {
    if (GONE.includes(status)) sleep(panel);
  });
  told(session.session?.kernel);
}

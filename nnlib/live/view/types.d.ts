// What crosses between the view's modules, for their type check (make lint): nothing of this is part of a page.

/** Names of controls, and a value for each: a number, a text, a list, an array or its rows, a table. */
type Settings = Record<string, any>;

/** A part of a picture, as nnlib/explorables/panels describes its kind. */
type Panel = {
  kind: string;
  name: string;
  label: string;
  /** Its width by its height; a text has none. */
  aspect: number | null;
  wide: boolean;
  /** False where it has nothing to show now. */
  shown?: boolean;
  lit?: string;
  [more: string]: any;
};

/** The size that a panel is drawn in, and the colors of the theme. */
type Place = { width: number; height: number; colors: Palette };

type Rgb = number[];
type Palette = { negative: Rgb; positive: Rgb; ink: Rgb; classes: Rgb[] };

type Axis = { low: number; high: number; scale: "linear" | "log"; label: string };

/** What Python answers: see nnlib/live/protocol.py. */
type Reply = {
  settings: Settings;
  state: any;
  picture: Panel[];
  sentence: string;
  finished: boolean;
  /** Whether the picture is not all there yet: it is to be asked for again. */
  more: boolean;
  over: string; // why a run that is finished makes no step
  /** Where the figure counts its steps: at which it was with these settings before it trained, and after. */
  span: [number, number] | null;
  /** Milliseconds of training. */
  took?: number;
  challenge: { task: string; done: boolean } | null;
  /** `about` has more of what was refused: see the table's control. */
  error?: { kind: string; message: string; about?: any };
  code?: string | null;
  /** Programs by the names of their libraries, and files by theirs. */
  programs?: Record<string, string>;
  files?: Record<string, { data: Uint8Array }>;
  /** Of a link that was opened: see opener.mjs. */
  hide?: string[];
  said?: string[];
  /** Of the reply that a figure opens with: the states that led to it, a step each. */
  before?: any[];
};

/** Where a figure lives: a page with its engine, or a notebook with its kernel. */
interface Host {
  /** Resolve to the reply; reject where there is no engine to ask. */
  request(message: object): Promise<Reply>;
  /** Start the engine, and anew where it is slow. */
  wake(): void;
  /** Wait for an engine that is slow. */
  keepWaiting?(): void;
  /** Hear of the settings, after each change. */
  changed(settings: Settings): void;
  /** The text that brings the settings back: those that are not the defaults, and all of them; and what is hidden. */
  link(name: string, changed: Settings, settings: Settings, hidden: string[]): string;
  /** The address of the figure's page for frames, where its markup offers one. */
  frame?(name: string, changed: Settings, hidden: string[]): string;
}

/** Set by page/early.mjs. */
declare var nnTakeWorker: ((again: boolean) => Worker) | undefined;
/** Milliseconds without a sign of life from Python; set by tests alone. */
declare var nnPatience: number | undefined;
/** Of the book's theme. */
declare function toggleFullScreen(): void;
/** Pyodide, in the figures' worker. */
declare var pyodide: any;
/** Pyodide's core, which its script leaves behind. */
declare var _createPyodideModule: any;
/** JupyterLab, in a page of the lab: see book/lab/keep.mjs. */
declare var jupyterapp: any;

//! Exceptions as text: what `sys.excepthook` prints.
//!
//! The text is exactly that of the `traceback` module, which is not imported for it: the end of a program that failed
//! should not take longer than its life.
mod carets;
mod message;
mod source;
mod stack;
mod suggestion;

use haft_core::object::{Exception, List, PayloadRef};
use haft_core::{Value, Vm};

pub(super) use source::text_of_file;
pub use source::{SourceLines, register_source, registered_sources};
pub use stack::traceback_line;

use crate::runtime::streams;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// Of a group not more than this many exceptions are shown, and not more than this many levels.
const MAX_GROUP_WIDTH: usize = 15;
const MAX_GROUP_DEPTH: usize = 10;

/// Print an exception with its traceback and what it came from to `sys.stderr`.
pub fn print_exception(vm: &mut Vm, error: Value) {
    let text = format_exception(vm, error);
    streams::write_error(vm, &text);
}

/// The text of an exception with its traceback and what it came from, in WTF-8.
pub fn format_exception(vm: &mut Vm, error: Value) -> Vec<u8> {
    let tree = Tree::of(vm, error);
    let limit = traceback_limit(vm);
    let mut printer = Printer {
        tree,
        out: Vec::new(),
        lines: SourceLines::default(),
        limit,
        depth: 0,
        needs_close: false,
    };
    printer.chain(vm, 0);
    printer.out
}

/// The lines that say what an exception is, without traceback.
pub fn format_exception_only(vm: &mut Vm, error: Value) -> Vec<u8> {
    message::format_message(vm, error)
}

/// `sys.tracebacklimit`
fn traceback_limit(vm: &mut Vm) -> Option<usize> {
    let limit = vm.dict_get_str(vm.sys, "tracebacklimit")?;
    vm.as_int(limit).map(|limit| usize::try_from(limit).unwrap_or(0))
}

/// An exception in the tree of what is to be shown.
#[derive(Default)]
struct Node {
    cause: Option<usize>,
    context: Option<usize>,
    inner: Option<Vec<usize>>,
}

/// The exceptions to be shown; each appears once, whatever cycles there are. Node `i` is exception `i` of the list.
struct Tree {
    exceptions: List,
    nodes: Vec<Node>,
}

impl Tree {
    fn of(vm: &mut Vm, error: Value) -> Tree {
        let mut tree = Tree { exceptions: vm.new_list(), nodes: Vec::new() };
        let mut queue = vec![tree.add(vm, error)];
        while let Some(at) = queue.pop() {
            let Some(payload) = PayloadRef::<Exception>::of_value(tree.exceptions.at(at)) else {
                continue;
            };
            let cause = tree.add_new(vm, payload.cause.get());
            let wants_context = cause.is_none() && !payload.suppress_context.get();
            let context =
                if wants_context { tree.add_new(vm, payload.context.get()) } else { None };
            let inner = tree.add_inner(vm, payload);
            queue.extend(cause);
            queue.extend(context);
            queue.extend(inner.iter().flatten());
            tree.nodes[at] = Node { cause, context, inner };
        }
        tree
    }
    fn add(&mut self, vm: &mut Vm, error: Value) -> usize {
        self.exceptions.push(&mut vm.heap, error);
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }
    /// Add an exception that is not there yet.
    fn add_new(&mut self, vm: &mut Vm, error: Value) -> Option<usize> {
        let is_new = vm.is_exception(error) && !self.exceptions.items().contains(&error);
        is_new.then(|| self.add(vm, error))
    }
    fn add_inner(&mut self, vm: &mut Vm, payload: PayloadRef<Exception>) -> Option<Vec<usize>> {
        let group = vm.exc.base_exception_group.value();
        if !vm.exception_matches(payload.value(), group) {
            return None;
        }
        let inner = super::group::inner(vm, payload.value());
        let inner = inner.unwrap_or_else(|raised| {
            vm.take_raised(raised);
            &[]
        });
        Some(inner.iter().map(|&each| self.add(vm, each)).collect())
    }
}

/// Writes the tree.
struct Printer {
    tree: Tree,
    out: Vec<u8>,
    lines: SourceLines,
    limit: Option<usize>,
    /// Nesting of groups.
    depth: usize,
    /// Has the innermost group still to draw its last line?
    needs_close: bool,
}

impl Printer {
    /// An exception after what it came from, outermost last.
    fn chain(&mut self, vm: &mut Vm, node: usize) {
        let mut links = vec![(None, node)];
        let mut at = node;
        loop {
            let (text, next) = match self.tree.nodes[at] {
                Node { cause: Some(cause), .. } => (CAUSE, cause),
                Node { context: Some(context), .. } => (CONTEXT, context),
                _ => break,
            };
            if let Some(last) = links.last_mut() {
                last.0 = Some(text);
            }
            links.push((None, next));
            at = next;
        }
        for (text, node) in links.into_iter().rev() {
            if let Some(text) = text {
                self.emit(text.as_bytes(), '|');
            }
            self.single(vm, node);
        }
    }
    fn single(&mut self, vm: &mut Vm, node: usize) {
        let error = self.tree.exceptions.at(node);
        match self.tree.nodes[node].inner.take() {
            None => {
                self.head(vm, error, "Traceback (most recent call last):\n", '|');
            }
            Some(_) if self.depth > MAX_GROUP_DEPTH => {
                self.emit(format!("... (max_group_depth is {MAX_GROUP_DEPTH})\n").as_bytes(), '|');
            }
            Some(inner) => self.group(vm, error, &inner),
        }
    }
    fn head(&mut self, vm: &mut Vm, error: Value, title: &str, margin: char) {
        let traceback = vm.traceback_of(error);
        let stack = stack::format_stack(vm, traceback, self.limit, &mut self.lines);
        if !stack.is_empty() {
            self.emit(title.as_bytes(), margin);
            self.emit(stack.as_bytes(), '|');
        }
        let message = message::format_message(vm, error);
        self.emit(&message, '|');
    }
    fn group(&mut self, vm: &mut Vm, error: Value, inner: &[usize]) {
        let is_top = self.depth == 0;
        if is_top {
            self.depth += 1;
        }
        self.head(
            vm,
            error,
            "Exception Group Traceback (most recent call last):\n",
            if is_top { '+' } else { '|' },
        );
        let shown = if inner.len() <= MAX_GROUP_WIDTH { inner.len() } else { MAX_GROUP_WIDTH + 1 };
        self.needs_close = false;
        for (at, &node) in inner.iter().take(shown).enumerate() {
            let is_last = at + 1 == shown;
            self.needs_close |= is_last;
            let cut = at >= MAX_GROUP_WIDTH;
            let title = if cut { "...".to_owned() } else { (at + 1).to_string() };
            let corner = if at == 0 { "+-" } else { "  " };
            self.line(&format!("{corner}+---------------- {title} ----------------\n"));
            self.depth += 1;
            if cut {
                let more = inner.len() - MAX_GROUP_WIDTH;
                let plural = if more > 1 { "s" } else { "" };
                self.emit(format!("and {more} more exception{plural}\n").as_bytes(), '|');
            } else {
                self.chain(vm, node);
            }
            if is_last && self.needs_close {
                self.line("+------------------------------------\n");
                self.needs_close = false;
            }
            self.depth -= 1;
        }
        if is_top {
            self.depth = 0;
        }
    }
    fn line(&mut self, text: &str) {
        self.out.resize(self.out.len() + 2 * self.depth, b' ');
        self.out.extend_from_slice(text.as_bytes());
    }
    /// Write lines with the margin of the present group.
    fn emit(&mut self, text: &[u8], margin: char) {
        if self.depth == 0 {
            self.out.extend_from_slice(text);
            return;
        }
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            self.line(&format!("{margin} "));
            self.out.extend_from_slice(line);
        }
    }
}

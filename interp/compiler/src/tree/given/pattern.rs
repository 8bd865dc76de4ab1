//! Patterns of `match`.
use haft_bytecode::Const;
use ruff_python_ast::{self as ast, AtomicNodeIndex, Pattern, Singleton};

use super::{Builder, open};
use crate::tree::{Kind, Node};

impl Builder {
    pub(super) fn pattern(&mut self, node: Node) -> Pattern {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.pattern_on_stack(node))
    }

    fn pattern_on_stack(&mut self, node: Node) -> Pattern {
        let (range, node_index) = (self.range(node.span), AtomicNodeIndex::NONE);
        let (kind, mut f) = open(node);
        match kind {
            Kind::MatchValue => {
                let value = self.boxed(f.node());
                Pattern::MatchValue(ast::PatternMatchValue { node_index, range, value })
            }
            Kind::MatchSingleton => {
                let value = match f.constant() {
                    Const::Bool(true) => Singleton::True,
                    Const::Bool(false) => Singleton::False,
                    _ => Singleton::None,
                };
                Pattern::MatchSingleton(ast::PatternMatchSingleton { node_index, range, value })
            }
            Kind::MatchSequence => {
                let patterns = self.patterns(f.nodes());
                Pattern::MatchSequence(ast::PatternMatchSequence { node_index, range, patterns })
            }
            Kind::MatchMapping => {
                let keys = self.exprs(f.nodes()).into();
                let patterns = self.patterns(f.nodes()).into();
                let rest = Builder::maybe_identifier(f.maybe_name(), range);
                Pattern::MatchMapping(ast::PatternMatchMapping {
                    node_index,
                    range,
                    keys,
                    patterns,
                    rest,
                })
            }
            Kind::MatchClass => {
                let cls = self.boxed(f.node());
                let patterns = self.patterns(f.nodes()).into();
                let names = f.names();
                let values = self.patterns(f.nodes());
                let keywords = names.iter().zip(values).map(|(name, pattern)| {
                    let attr = Builder::identifier(name, range);
                    ast::PatternKeyword { range, node_index: AtomicNodeIndex::NONE, attr, pattern }
                });
                let keywords = keywords.collect();
                let arguments = ast::PatternArguments {
                    range,
                    node_index: AtomicNodeIndex::NONE,
                    patterns,
                    keywords,
                };
                Pattern::MatchClass(ast::PatternMatchClass { node_index, range, cls, arguments })
            }
            Kind::MatchStar => {
                let name = Builder::maybe_identifier(f.maybe_name(), range);
                Pattern::MatchStar(ast::PatternMatchStar { node_index, range, name })
            }
            Kind::MatchAs => {
                let pattern = f.maybe().map(|node| Box::new(self.pattern(node)));
                let name = Builder::maybe_identifier(f.maybe_name(), range);
                Pattern::MatchAs(ast::PatternMatchAs { node_index, range, pattern, name })
            }
            _ => {
                let patterns = self.patterns(f.nodes());
                Pattern::MatchOr(ast::PatternMatchOr { node_index, range, patterns })
            }
        }
    }

    fn patterns(&mut self, nodes: Vec<Node>) -> Vec<Pattern> {
        nodes.into_iter().map(|node| self.pattern(node)).collect()
    }
}

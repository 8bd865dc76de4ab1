//! Patterns of `match` as nodes.
use haft_bytecode::Const;
use ruff_python_ast::{Pattern, Singleton};
use ruff_text_size::Ranged;

use super::{Field, Kind, Node, Shower, maybe_name, nodes};

impl Shower<'_> {
    pub(super) fn pattern(&self, pattern: &Pattern) -> Node {
        let range = pattern.range();
        let node = |kind, fields| self.node(kind, range, fields);
        match pattern {
            Pattern::MatchValue(p) => node(Kind::MatchValue, vec![self.expr(&p.value)]),
            Pattern::MatchSingleton(p) => {
                let value = match p.value {
                    Singleton::None => Const::None,
                    Singleton::True => Const::Bool(true),
                    Singleton::False => Const::Bool(false),
                };
                node(Kind::MatchSingleton, vec![Field::Constant(value)])
            }
            Pattern::MatchSequence(p) => {
                node(Kind::MatchSequence, vec![self.patterns(&p.patterns)])
            }
            Pattern::MatchMapping(p) => {
                let (keys, patterns) = (self.exprs(&p.keys), self.patterns(&p.patterns));
                node(Kind::MatchMapping, vec![keys, patterns, maybe_name(p.rest.as_ref())])
            }
            Pattern::MatchClass(p) => {
                let keywords = &p.arguments.keywords;
                let names = keywords.iter().map(|keyword| keyword.attr.as_str().into()).collect();
                let values = nodes(keywords.iter().map(|keyword| self.pattern(&keyword.pattern)));
                let positional = self.patterns(&p.arguments.patterns);
                node(
                    Kind::MatchClass,
                    vec![self.expr(&p.cls), positional, Field::Names(names), values],
                )
            }
            Pattern::MatchStar(p) => node(Kind::MatchStar, vec![maybe_name(p.name.as_ref())]),
            Pattern::MatchAs(p) => {
                let inner = p.pattern.as_deref();
                let inner = inner.map_or(Field::Nothing, |inner| self.pattern(inner).into());
                node(Kind::MatchAs, vec![inner, maybe_name(p.name.as_ref())])
            }
            Pattern::MatchOr(p) => node(Kind::MatchOr, vec![self.patterns(&p.patterns)]),
        }
    }

    fn patterns(&self, patterns: &[Pattern]) -> Field {
        nodes(patterns.iter().map(|pattern| self.pattern(pattern)))
    }
}

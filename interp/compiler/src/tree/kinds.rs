//! The abstract grammar: every type of node with its fields, once.
//!
//! From this table come the classes of module `_ast` with their docstrings, the order of fields in a
//! [`Node`](super::Node), and what may stand in each field. The texts are those of CPython's `Python.asdl`.

/// How many values a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// One.
    One,
    /// One or none: `?`.
    Maybe,
    /// A list: `*`.
    Many,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// A name: `identifier`.
    Identifier,
    /// A str: `string`.
    Text,
    /// An int: `int`.
    Int,
    /// Any constant: `constant`.
    Constant,
    /// A node of this sum or product.
    Node(Group),
}

/// One field of a type of node.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Its name in Python.
    pub name: &'static str,
    /// What stands in it.
    pub ty: FieldType,
    /// How many of them.
    pub count: Count,
}

/// Has a node a place in the source, and must it say where it ends?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// It has none.
    None,
    /// The end may be missing.
    OpenEnd,
    /// All four numbers are needed.
    Full,
}

macro_rules! grammar {
    ($( $group:ident $group_name:literal $places:ident { $( $kind:ident $name:literal $fields:literal; )+ } )+) => {
        /// A sum of the grammar, or a product, which is a group of one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are those of the grammar")]
        pub enum Group { $( $group, )+ }

        /// A type of node.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the names are those of the grammar")]
        pub enum Kind { $( $( $kind, )+ )+ }

        impl Group {
            /// All groups, in the order of the grammar.
            pub const ALL: &[Group] = &[ $( Group::$group, )+ ];

            /// Its name; a product is called as its only kind.
            pub fn name(self) -> &'static str {
                match self { $( Group::$group => $group_name, )+ }
            }
            /// The kinds in it.
            pub fn kinds(self) -> &'static [Kind] {
                match self { $( Group::$group => &[ $( Kind::$kind, )+ ], )+ }
            }
            /// Do its nodes have places?
            pub fn places(self) -> Places {
                match self { $( Group::$group => Places::$places, )+ }
            }
        }

        impl Kind {
            /// All kinds, in the order of the grammar.
            pub const ALL: &[Kind] = &[ $( $( Kind::$kind, )+ )+ ];

            /// Its name in Python.
            pub fn name(self) -> &'static str {
                match self { $( $( Kind::$kind => $name, )+ )+ }
            }
            /// The group it belongs to.
            pub fn group(self) -> Group {
                match self { $( $( Kind::$kind => Group::$group, )+ )+ }
            }
            /// Its fields as the grammar writes them.
            pub fn grammar(self) -> &'static str {
                match self { $( $( Kind::$kind => $fields, )+ )+ }
            }
        }
    };
}

grammar! {
    Mod "mod" None {
        Module "Module" "stmt* body, type_ignore* type_ignores";
        Interactive "Interactive" "stmt* body";
        Expression "Expression" "expr body";
        FunctionType "FunctionType" "expr* argtypes, expr returns";
    }
    Stmt "stmt" OpenEnd {
        FunctionDef "FunctionDef" "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params";
        AsyncFunctionDef "AsyncFunctionDef" "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params";
        ClassDef "ClassDef" "identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params";
        Return "Return" "expr? value";
        Delete "Delete" "expr* targets";
        Assign "Assign" "expr* targets, expr value, string? type_comment";
        TypeAlias "TypeAlias" "expr name, type_param* type_params, expr value";
        AugAssign "AugAssign" "expr target, operator op, expr value";
        AnnAssign "AnnAssign" "expr target, expr annotation, expr? value, int simple";
        For "For" "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment";
        AsyncFor "AsyncFor" "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment";
        While "While" "expr test, stmt* body, stmt* orelse";
        If "If" "expr test, stmt* body, stmt* orelse";
        With "With" "withitem* items, stmt* body, string? type_comment";
        AsyncWith "AsyncWith" "withitem* items, stmt* body, string? type_comment";
        Match "Match" "expr subject, match_case* cases";
        Raise "Raise" "expr? exc, expr? cause";
        Try "Try" "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody";
        TryStar "TryStar" "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody";
        Assert "Assert" "expr test, expr? msg";
        Import "Import" "alias* names";
        ImportFrom "ImportFrom" "identifier? module, alias* names, int? level";
        Global "Global" "identifier* names";
        Nonlocal "Nonlocal" "identifier* names";
        Expr "Expr" "expr value";
        Pass "Pass" "";
        Break "Break" "";
        Continue "Continue" "";
    }
    Expr "expr" OpenEnd {
        BoolOp "BoolOp" "boolop op, expr* values";
        NamedExpr "NamedExpr" "expr target, expr value";
        BinOp "BinOp" "expr left, operator op, expr right";
        UnaryOp "UnaryOp" "unaryop op, expr operand";
        Lambda "Lambda" "arguments args, expr body";
        IfExp "IfExp" "expr test, expr body, expr orelse";
        Dict "Dict" "expr?* keys, expr* values";
        Set "Set" "expr* elts";
        ListComp "ListComp" "expr elt, comprehension* generators";
        SetComp "SetComp" "expr elt, comprehension* generators";
        DictComp "DictComp" "expr key, expr value, comprehension* generators";
        GeneratorExp "GeneratorExp" "expr elt, comprehension* generators";
        Await "Await" "expr value";
        Yield "Yield" "expr? value";
        YieldFrom "YieldFrom" "expr value";
        Compare "Compare" "expr left, cmpop* ops, expr* comparators";
        Call "Call" "expr func, expr* args, keyword* keywords";
        FormattedValue "FormattedValue" "expr value, int conversion, expr? format_spec";
        Interpolation "Interpolation" "expr value, constant str, int conversion, expr? format_spec";
        JoinedStr "JoinedStr" "expr* values";
        TemplateStr "TemplateStr" "expr* values";
        Constant "Constant" "constant value, string? kind";
        Attribute "Attribute" "expr value, identifier attr, expr_context ctx";
        Subscript "Subscript" "expr value, expr slice, expr_context ctx";
        Starred "Starred" "expr value, expr_context ctx";
        Name "Name" "identifier id, expr_context ctx";
        List "List" "expr* elts, expr_context ctx";
        Tuple "Tuple" "expr* elts, expr_context ctx";
        Slice "Slice" "expr? lower, expr? upper, expr? step";
    }
    ExprContext "expr_context" None {
        Load "Load" "";
        Store "Store" "";
        Del "Del" "";
    }
    BoolOperator "boolop" None {
        And "And" "";
        Or "Or" "";
    }
    Operator "operator" None {
        Add "Add" "";
        Sub "Sub" "";
        Mult "Mult" "";
        MatMult "MatMult" "";
        Div "Div" "";
        Modulo "Mod" "";
        Pow "Pow" "";
        LShift "LShift" "";
        RShift "RShift" "";
        BitOr "BitOr" "";
        BitXor "BitXor" "";
        BitAnd "BitAnd" "";
        FloorDiv "FloorDiv" "";
    }
    UnaryOperator "unaryop" None {
        Invert "Invert" "";
        Not "Not" "";
        UAdd "UAdd" "";
        USub "USub" "";
    }
    CompareOperator "cmpop" None {
        Eq "Eq" "";
        NotEq "NotEq" "";
        Lt "Lt" "";
        LtE "LtE" "";
        Gt "Gt" "";
        GtE "GtE" "";
        Is "Is" "";
        IsNot "IsNot" "";
        In "In" "";
        NotIn "NotIn" "";
    }
    Comprehension "comprehension" None {
        Comprehension "comprehension" "expr target, expr iter, expr* ifs, int is_async";
    }
    ExceptHandlers "excepthandler" OpenEnd {
        ExceptHandler "ExceptHandler" "expr? type, identifier? name, stmt* body";
    }
    Arguments "arguments" None {
        Arguments "arguments" "arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults";
    }
    Arg "arg" OpenEnd {
        Arg "arg" "identifier arg, expr? annotation, string? type_comment";
    }
    Keyword "keyword" OpenEnd {
        Keyword "keyword" "identifier? arg, expr value";
    }
    Alias "alias" OpenEnd {
        Alias "alias" "identifier name, identifier? asname";
    }
    WithItem "withitem" None {
        WithItem "withitem" "expr context_expr, expr? optional_vars";
    }
    MatchCase "match_case" None {
        MatchCase "match_case" "pattern pattern, expr? guard, stmt* body";
    }
    Pattern "pattern" Full {
        MatchValue "MatchValue" "expr value";
        MatchSingleton "MatchSingleton" "constant value";
        MatchSequence "MatchSequence" "pattern* patterns";
        MatchMapping "MatchMapping" "expr* keys, pattern* patterns, identifier? rest";
        MatchClass "MatchClass" "expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns";
        MatchStar "MatchStar" "identifier? name";
        MatchAs "MatchAs" "pattern? pattern, identifier? name";
        MatchOr "MatchOr" "pattern* patterns";
    }
    TypeIgnores "type_ignore" None {
        TypeIgnore "TypeIgnore" "int lineno, string tag";
    }
    TypeParam "type_param" Full {
        TypeVar "TypeVar" "identifier name, expr? bound, expr? default_value";
        ParamSpec "ParamSpec" "identifier name, expr? default_value";
        TypeVarTuple "TypeVarTuple" "identifier name, expr? default_value";
    }
}

impl Group {
    /// Is it a product: a node that is no member of a sum?
    pub fn is_product(self) -> bool {
        matches!(self.kinds(), [only] if only.name() == self.name())
    }
}

impl Kind {
    /// Its fields in order.
    pub fn fields(self) -> impl Iterator<Item = FieldSpec> {
        self.grammar().split(", ").filter(|text| !text.is_empty()).map(field)
    }

    /// How docstrings and messages write it: `Return(expr? value)`.
    pub fn signature(self) -> String {
        match self.grammar() {
            "" => self.name().to_string(),
            fields => format!("{}({fields})", self.name()),
        }
    }
}

fn field(text: &'static str) -> FieldSpec {
    let (ty, name) = text.split_once(' ').expect("a field is a type and a name");
    let (ty, count) = match ty.strip_suffix('*') {
        Some(ty) => (ty.trim_end_matches('?'), Count::Many),
        None => match ty.strip_suffix('?') {
            Some(ty) => (ty, Count::Maybe),
            None => (ty, Count::One),
        },
    };
    let ty = match ty {
        "identifier" => FieldType::Identifier,
        "string" => FieldType::Text,
        "int" => FieldType::Int,
        "constant" => FieldType::Constant,
        group => {
            let found = Group::ALL.iter().find(|candidate| candidate.name() == group);
            FieldType::Node(*found.expect("the grammar names its groups"))
        }
    };
    FieldSpec { name, ty, count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_can_be_read() {
        for kind in Kind::ALL {
            let names: Vec<&str> = kind.fields().map(|field| field.name).collect();
            assert!(names.iter().all(|name| !name.contains(' ')), "{kind:?}: {names:?}");
            assert!(kind.group().kinds().contains(kind));
        }
        let returns = Kind::FunctionDef.fields().nth(4).unwrap();
        assert_eq!((returns.name, returns.count), ("returns", Count::Maybe));
        assert!(Group::Arguments.is_product() && !Group::Pattern.is_product());
    }
}

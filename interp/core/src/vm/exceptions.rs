//! The tree of built-in exception classes: one row each.
use crate::object::Type;

/// A row: field, Python name, field of the base, docstring.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) base: &'static str,
    pub(super) doc: &'static str,
}

macro_rules! exceptions {
    ($( $field:ident $name:literal < $base:literal: $doc:literal; )+) => {
        /// The built-in exception classes.
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each field is the class it is called by")]
        pub struct Exceptions { $( pub $field: Type, )+ }
        pub(super) const ROWS: &[Row] = &[ $( Row { name: $name, base: $base, doc: $doc }, )+ ];
        impl Exceptions {
            /// One class in every field.
            pub(super) fn all_same(class: Type) -> Exceptions {
                Exceptions { $( $field: class, )+ }
            }
            /// From the classes in table order.
            pub(super) fn from_classes(classes: &[Type]) -> Exceptions {
                let mut classes = classes.iter().copied();
                let mut next = || classes.next().expect("one class a row");
                Exceptions { $( $field: next(), )+ }
            }
            /// All classes, in table order.
            pub fn all(&self) -> Vec<Type> {
                vec![ $( self.$field, )+ ]
            }
        }
    };
}

exceptions! {
    base_exception "BaseException" < "object": "Common base class for all exceptions.";
    base_exception_group "BaseExceptionGroup" < "BaseException": "A combination of multiple unrelated exceptions.";
    generator_exit "GeneratorExit" < "BaseException": "Request that a generator exit.";
    keyboard_interrupt "KeyboardInterrupt" < "BaseException": "Program interrupted by user.";
    system_exit "SystemExit" < "BaseException": "Request to exit from the interpreter.";
    exception "Exception" < "BaseException": "Common base class for all non-exit exceptions.";
    arithmetic_error "ArithmeticError" < "Exception": "Base class for arithmetic errors.";
    floating_point_error "FloatingPointError" < "ArithmeticError": "Floating-point operation failed.";
    overflow_error "OverflowError" < "ArithmeticError": "Result too large to be represented.";
    zero_division_error "ZeroDivisionError" < "ArithmeticError": "Second argument to a division or modulo operation was zero.";
    assertion_error "AssertionError" < "Exception": "Assertion failed.";
    attribute_error "AttributeError" < "Exception": "Attribute not found.";
    buffer_error "BufferError" < "Exception": "Buffer error.";
    eof_error "EOFError" < "Exception": "Read beyond end of file.";
    import_error "ImportError" < "Exception": "Import can't find module, or can't find name in module.";
    module_not_found_error "ModuleNotFoundError" < "ImportError": "Module not found.";
    lookup_error "LookupError" < "Exception": "Base class for lookup errors.";
    index_error "IndexError" < "LookupError": "Sequence index out of range.";
    key_error "KeyError" < "LookupError": "Mapping key not found.";
    memory_error "MemoryError" < "Exception": "Out of memory.";
    name_error "NameError" < "Exception": "Name not found globally.";
    unbound_local_error "UnboundLocalError" < "NameError": "Local name referenced but not bound to a value.";
    os_error "OSError" < "Exception": "Base class for I/O related errors.";
    blocking_io_error "BlockingIOError" < "OSError": "I/O operation would block.";
    child_process_error "ChildProcessError" < "OSError": "Child process error.";
    connection_error "ConnectionError" < "OSError": "Connection error.";
    broken_pipe_error "BrokenPipeError" < "ConnectionError": "Broken pipe.";
    connection_aborted_error "ConnectionAbortedError" < "ConnectionError": "Connection aborted.";
    connection_refused_error "ConnectionRefusedError" < "ConnectionError": "Connection refused.";
    connection_reset_error "ConnectionResetError" < "ConnectionError": "Connection reset.";
    file_exists_error "FileExistsError" < "OSError": "File already exists.";
    file_not_found_error "FileNotFoundError" < "OSError": "File not found.";
    interrupted_error "InterruptedError" < "OSError": "Interrupted by signal.";
    is_a_directory_error "IsADirectoryError" < "OSError": "Operation doesn't work on directories.";
    not_a_directory_error "NotADirectoryError" < "OSError": "Operation only works on directories.";
    permission_error "PermissionError" < "OSError": "Not enough permissions.";
    process_lookup_error "ProcessLookupError" < "OSError": "Process not found.";
    timeout_error "TimeoutError" < "OSError": "Timeout expired.";
    reference_error "ReferenceError" < "Exception": "Weak ref proxy used after referent went away.";
    runtime_error "RuntimeError" < "Exception": "Unspecified run-time error.";
    not_implemented_error "NotImplementedError" < "RuntimeError": "Method or function hasn't been implemented yet.";
    python_finalization_error "PythonFinalizationError" < "RuntimeError": "Operation blocked during Python finalization.";
    recursion_error "RecursionError" < "RuntimeError": "Recursion limit exceeded.";
    stop_async_iteration "StopAsyncIteration" < "Exception": "Signal the end from iterator.__anext__().";
    stop_iteration "StopIteration" < "Exception": "Signal the end from iterator.__next__().";
    syntax_error "SyntaxError" < "Exception": "Invalid syntax.";
    indentation_error "IndentationError" < "SyntaxError": "Improper indentation.";
    tab_error "TabError" < "IndentationError": "Improper mixture of spaces and tabs.";
    incomplete_input_error "_IncompleteInputError" < "SyntaxError": "incomplete input.";
    system_error "SystemError" < "Exception": "Internal error in the Haft interpreter.";
    type_error "TypeError" < "Exception": "Inappropriate argument type.";
    value_error "ValueError" < "Exception": "Inappropriate argument value (of correct type).";
    unicode_error "UnicodeError" < "ValueError": "Unicode related error.";
    unicode_decode_error "UnicodeDecodeError" < "UnicodeError": "Unicode decoding error.";
    unicode_encode_error "UnicodeEncodeError" < "UnicodeError": "Unicode encoding error.";
    unicode_translate_error "UnicodeTranslateError" < "UnicodeError": "Unicode translation error.";
    warning "Warning" < "Exception": "Base class for warning categories.";
    bytes_warning "BytesWarning" < "Warning": "Base class for warnings about bytes and buffer related problems, mostly related to conversion from str or comparing to str.";
    deprecation_warning "DeprecationWarning" < "Warning": "Base class for warnings about deprecated features.";
    encoding_warning "EncodingWarning" < "Warning": "Base class for warnings about encodings.";
    future_warning "FutureWarning" < "Warning": "Base class for warnings about constructs that will change semantically in the future.";
    import_warning "ImportWarning" < "Warning": "Base class for warnings about probable mistakes in module imports";
    pending_deprecation_warning "PendingDeprecationWarning" < "Warning": "Base class for warnings about features which will be deprecated in the future.";
    resource_warning "ResourceWarning" < "Warning": "Base class for warnings about resource usage.";
    runtime_warning "RuntimeWarning" < "Warning": "Base class for warnings about dubious runtime behavior.";
    syntax_warning "SyntaxWarning" < "Warning": "Base class for warnings about dubious syntax.";
    unicode_warning "UnicodeWarning" < "Warning": "Base class for warnings about Unicode related problems, mostly related to conversion problems.";
    user_warning "UserWarning" < "Warning": "Base class for warnings generated by user code.";
}

using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Inference.Answers;

/// <summary>The form that an answer has to have: free text, JSON by a schema, or calls of tools.</summary>
/// <param name="Grammar">Null: it is free text.</param>
/// <param name="Calls">How calls of tools are written in it; null where it may have none.</param>
/// <param name="Instead">The tools whose calls stand in the place of an answer in a format of its own; null where words are free.</param>
/// <param name="IsCallRequired">It is calls and nothing else.</param>
internal sealed record AnswerFormat(
    Grammar? Grammar,
    ToolCallSyntax? Calls,
    IReadOnlyList<Tool>? Instead = null,
    bool IsCallRequired = false
)
{
    public static AnswerFormat Free { get; } = new(null, null);

    public bool IsFree => Grammar is null;

    /// <returns>Null where it calls no tools.</returns>
    public ToolCallReader? Reader() => Calls is null ? null : new ToolCallReader(Calls, Instead, IsCallRequired);

    /// <param name="begun">What is there of the answer already, as UTF-8.</param>
    public AnswerConstraint? Constraint(LlamaModel model, ReadOnlyMemory<byte> begun) =>
        Grammar is null ? null : new AnswerConstraint(Grammar, model, begun);
}

using System.Text;
using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Answers;

/// <summary>One of the answers to a request, while it is written.</summary>
/// <param name="StandIn">Null: no name has to be put back.</param>
/// <param name="Reader">Null where it calls no tools.</param>
internal sealed record AnswerChoice(int Index, GenerationJob Job, StandIn? StandIn, ToolCallReader? Reader)
{
    public string FinishReason =>
        Job.FinishReason != "stop" || Reader is not { Calls: > 0 } ? Job.FinishReason
        : Reader.IsInCall ? "length"
        : "tool_calls";

    public IEnumerable<ChoicePart> Read(AnswerPiece piece) =>
        StandIn is not null ? Words(Encoding.UTF8.GetBytes(StandIn.Shown(Encoding.UTF8.GetString(piece.Text))), piece.Tokens)
        : Reader is null ? Words(piece.Text, piece.Tokens)
        : Parts(Reader.Read(Encoding.UTF8.GetString(piece.Text)), piece.Tokens);

    /// <summary>The end of an answer that was held back, since it could have been the beginning of a call or of a name.</summary>
    public IEnumerable<ChoicePart> Flush() =>
        StandIn is not null ? Words(Encoding.UTF8.GetBytes(StandIn.Rest()), [])
        : Reader is null ? []
        : Parts(Reader.Flush(), []);

    private static IEnumerable<ChoicePart> Words(byte[] utf8, IReadOnlyList<TokenLikelihood> tokens) =>
        utf8.Length > 0 || tokens.Count > 0 ? [new ChoicePart(utf8, null, tokens)] : [];

    private static IEnumerable<ChoicePart> Parts(IEnumerable<ToolCallPart> parts, IReadOnlyList<TokenLikelihood> tokens)
    {
        foreach (var part in parts)
        {
            yield return part.Call is null
                ? new ChoicePart(Encoding.UTF8.GetBytes(part.Text), null, tokens)
                : new ChoicePart([], part, tokens);
            tokens = [];
        }

        if (tokens.Count > 0)
        {
            yield return new ChoicePart([], null, tokens);
        }
    }
}

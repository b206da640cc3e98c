using Republic.Core.Datasets.Rows;

namespace Republic.Core.Interactions;

/// <summary>Pairs as rows of training data: a question and its answer.</summary>
public static class InteractionJson
{
    public static Task WriteAsync(Stream into, IEnumerable<InteractionPair> pairs, CancellationToken ct) =>
        RowLines.WriteAsync(into, Rows(pairs), ct);

    public static IEnumerable<IReadOnlyList<RowMessage>> Rows(IEnumerable<InteractionPair> pairs) =>
        pairs.Select(pair => new[] { new RowMessage("user", pair.Instruction), new RowMessage("assistant", pair.Response) });
}

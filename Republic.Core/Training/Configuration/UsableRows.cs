using Republic.Core.Datasets;

namespace Republic.Core.Training.Configuration;

/// <summary>Whether the datasets of a run hold anything to learn from or to measure with.</summary>
public sealed class UsableRows(DatasetCards cards)
{
    /// <summary>Why there can be no run of these, in words. Null where there are rows, or may be: a dataset that is still processed is waited for.</summary>
    public async Task<string?> ProblemAsync(Guid owner, IReadOnlyList<Guid> datasets, CancellationToken ct)
    {
        List<string> empty = [];
        foreach (var id in datasets)
        {
            var card = await cards.FindAsync(owner, id, ct);
            if (card is not { Ok: true, Value: { Status: DatasetStatus.Ready, SampleCount: 0, Name: var name } })
            {
                return null;
            }

            empty.Add(name);
        }

        return empty.Count > 0 ? None(empty) : null;
    }

    internal static string None(IReadOnlyList<string> names) =>
        (names is [var only] ? $"The dataset “{only}” has no usable rows. " : "The datasets of this run have no usable rows. ")
        + "See under its rejected rows what is wrong with them, and upload them anew, or choose another dataset.";
}

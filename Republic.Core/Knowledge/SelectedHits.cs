namespace Republic.Core.Knowledge;

/// <summary>What an answer is given of the passages that were found.</summary>
public static class SelectedHits
{
    /// <summary>Those that score no less than their collection asks for, the best of them, and no more than it says.</summary>
    /// <param name="hits">The best first.</param>
    /// <param name="settings">Of a collection.</param>
    public static IEnumerable<PassageHit> Of(IEnumerable<PassageHit> hits, Func<Guid, RetrievalSettings> settings)
    {
        var taken = new Dictionary<Guid, int>();
        foreach (var hit in hits)
        {
            var (from, count) = (settings(hit.CollectionId), taken.GetValueOrDefault(hit.CollectionId));
            if (hit.Score >= from.Threshold && count < from.Limit)
            {
                taken[hit.CollectionId] = count + 1;
                yield return hit;
            }
        }
    }
}

using Republic.Tests.Integration.Training;
using Republic.Tests.World;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Republic.Tests.World;

/// <summary>Begins with the class that takes minutes, so that nobody waits for it alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string Longest = $" {typeof(KillTests).FullName} ";

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection =>
        [.. testCollections.OrderBy(IsNotLongest).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    private static bool IsNotLongest<T>(T collection)
        where T : ITestCollection => !$"{collection.TestCollectionDisplayName} ".Contains(Longest, StringComparison.Ordinal);
}

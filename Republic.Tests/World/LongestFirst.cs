using Republic.Tests.Integration.Training;
using Republic.Tests.World;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Republic.Tests.World;

/// <summary>Begins with the classes that take minutes, so that nobody waits for one of them alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [.. new[] { typeof(KillTests) }.Select(tests => $" {tests.FullName} ")];

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection => [.. testCollections.OrderBy(Place).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    private static int Place<T>(T collection)
        where T : ITestCollection =>
        Array.FindIndex(Longest, name => $"{collection.TestCollectionDisplayName} ".Contains(name, StringComparison.Ordinal))
            is >= 0
                and var place
            ? place
            : Longest.Length;
}

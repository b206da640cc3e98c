using System.Text.Json;
using Republic.Tests.Architecture;
using Republic.Tests.World;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Republic.Tests.World;

/// <summary>
/// Begins with the classes that took longest when <c>dev/test --record</c> was last run, so that none is left to run alone at the end.
/// A class that is not in that file is new, and may be long.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Lazy<Dictionary<string, double>> Seconds = new(Read);

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection =>
        [
            .. testCollections
                .OrderByDescending(collection => SecondsOf(collection.TestCollectionDisplayName))
                .ThenBy(collection => collection.UniqueID, StringComparer.Ordinal),
        ];

    /// <param name="collection">“Test collection for Republic.Tests.A.BTests (id: …)”, or the name of a collection of several classes.</param>
    private static double SecondsOf(string collection)
    {
        const string Before = "Test collection for Republic.Tests.";
        var name = collection.StartsWith(Before, StringComparison.Ordinal) ? collection[Before.Length..].Split(' ')[0] : collection;
        return Seconds.Value.GetValueOrDefault(name, double.MaxValue);
    }

    private static Dictionary<string, double> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceFile.Root, "dev", "test-seconds.json")));
        return file.RootElement.GetProperty("classes").Deserialize<Dictionary<string, double>>()!;
    }
}

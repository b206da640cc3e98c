using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Datasets of collections that are larger than what is kept in memory on the way to the file.</summary>
public sealed class CollectionRowsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_passage_of_a_large_collection_becomes_a_row()
    {
        var person = await republic.NewPersonAsync("Compiler");
        var collection = await republic.NewCollectionAsync(person.Id, "Large");
        string[] passages = [.. Enumerable.Range(0, 600).Select(number => $"Passage number {number}. {new string('x', 1000)}")];
        await republic.NewDocumentAsync(collection, passages);
        await republic.QueryAsync(db =>
            db.Passages.Where(p => p.CollectionId == collection.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Heading, "All"), Ct)
        );

        var made = await person.Api.PostAsync(
            $"/api/users/{person.Id}/collections/{collection.Id}/dataset",
            new { name = "Large", questions = false }
        );

        var expected = passages.Sum(completion =>
            JsonSerializer.SerializeToUtf8Bytes(new { prompt = "What does notes.md say under “All”?", completion }).Length + 1
        );
        Assert.Equal(expected, (int)made["dataset"]!["source_bytes"]!);
    }
}

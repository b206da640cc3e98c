using System.Text;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>A document whose node is killed while it is indexed.</summary>
[Collection(nameof(KillableNodes))]
public sealed class KillTests(KillableNodes nodes)
{
    [Fact]
    public async Task A_document_whose_node_is_killed_in_the_middle_is_indexed_by_the_other_once()
    {
        await using var vendor = new FakeVendor();
        var mira = await nodes.NewPersonAsync();
        var embedding = new
        {
            provider = "custom",
            model_id = "vendor-embed",
            base_url = vendor.BaseUrl.AbsoluteUri,
        };
        var made = await mira.Api.PostAsync(KnowledgeWorld.PathOf(mira), new { name = "Killed", embedding });
        var collection = made["collection"]!["id"]!.GetValue<string>();
        // It stays in the middle until the model answers.
        vendor.Hangs();
        var text = string.Join("\n\n", Enumerable.Range(0, 500).Select(i => $"# Part {i}\n\nThe car number {i} drives."));
        var (_, body) = await KnowledgeWorld.SendAsync(mira, collection, ("long.md", Encoding.UTF8.GetBytes(text)));
        var document = body["documents"]![0]!["id"]!.GetValue<Guid>();
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        vendor.Embeds();

        await nodes.KillHolderAsync(document);

        var done = await KnowledgeWorld.EndOfAsync(mira.At(nodes.Address), collection, $"{document}");
        Assert.Equal("ready", done["status"]!.GetValue<string>());
        Assert.Equal(500, done["passage_count"]!.GetValue<int>());
        // Its passages were saved once, and its vectors once.
        Assert.Equal(2, done["revision"]!.GetValue<int>());
        Assert.Equal(["500"], await nodes.ColumnAsync($"select count(*)::text from passages where owner_id = '{mira.Id}'"));
        Assert.Equal(["500"], await nodes.ColumnAsync($"select count(*)::text from stored_vectors where owner_id = '{mira.Id}'"));
        // At least the two starts; a node that was short of time may have been taken for dead once more.
        Assert.InRange(await nodes.StartsOfAsync(document), 2, 5);
    }
}

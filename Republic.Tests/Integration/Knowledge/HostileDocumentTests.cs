using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Archives that lie about what they hold.</summary>
public sealed class HostileDocumentTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const long Gigabyte = 1L << 30;

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_fails_alone()
    {
        var person = republic.Jonas;
        var id = (await KnowledgeWorld.CollectionAsync(person, "Lies"))["id"]!.GetValue<string>();
        var bomb = KnowledgeFiles.Bomb(Gigabyte / 4);
        // The directory's entry says that it unpacks to a thousand bytes.
        var entry = bomb.AsSpan().LastIndexOf<byte>([0x50, 0x4B, 1, 2]);
        BitConverter.TryWriteBytes(bomb.AsSpan(entry + 24), 1000);

        var document = await KnowledgeWorld.AddAsync(person, id, "lies.docx", bomb);

        Assert.Equal("failed", document["status"]!.GetValue<string>());
        Assert.NotEmpty(document["error"]!.GetValue<string>());
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Archives that hold more than they look like, at a process of their own, whose memory is looked at.</summary>
public sealed class BombTests(TestDatabases databases)
{
    private const long Gigabyte = 1L << 30;
    private const long Room = 64 << 20;

    [Fact]
    public async Task Bombs_are_refused_and_cost_next_to_no_memory()
    {
        var database = await databases.NewAsync();
        var data = Directory.CreateTempSubdirectory("republic-bombs-");
        try
        {
            await using var app = await AppProcess.StartAsync(new DataFolder(data.FullName), connectionString: database);
            var person = await Inhabitant.SignUpAsync(app.Address, "Bomber");
            var id = (await KnowledgeWorld.CollectionAsync(person, "Bombs"))["id"]!.GetValue<string>();
            await KnowledgeWorld.AddAsync(person, id, "warm.docx", KnowledgeFiles.Docx());
            (string Name, byte[] Content)[] bombs =
            [
                ("4gb.docx", KnowledgeFiles.Bomb(4 * Gigabyte)),
                ("nested.docx", KnowledgeFiles.Zip(("inner.zip", Encoding.Latin1.GetString(KnowledgeFiles.Bomb(Gigabyte / 8))))),
                ("many.docx", Many(1_000_000)),
            ];
            foreach (var (name, content) in bombs)
            {
                await File.WriteAllTextAsync($"/proc/{app.ProcessId}/clear_refs", "5", TestContext.Current.CancellationToken);
                var before = Memory(app.ProcessId, "VmRSS:");

                var (status, body) = await KnowledgeWorld.SendAsync(person, id, (name, content));

                Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{name}: {status} {body}");
                Assert.InRange(Memory(app.ProcessId, "VmHWM:") - before, -Room, Room);
            }

            Assert.Single(Directory.GetFiles(Path.Combine(data.FullName, "documents")));
        }
        finally
        {
            data.Delete(recursive: true);
            await databases.DropAsync(database);
        }
    }

    private static long Memory(int process, string what)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(what, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(what.Length, line.Length - what.Length - " kB".Length), CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>An archive of so many empty files, written as their headers alone.</summary>
    private static byte[] Many(int count)
    {
        var zip = new byte[4 + (count * 46) + 22];
        ((ReadOnlySpan<byte>)[0x50, 0x4B, 3, 4]).CopyTo(zip);
        for (var at = 0; at < count; at++)
        {
            ((ReadOnlySpan<byte>)[0x50, 0x4B, 1, 2]).CopyTo(zip.AsSpan(4 + (at * 46)));
        }

        var end = zip.AsSpan(4 + (count * 46));
        ((ReadOnlySpan<byte>)[0x50, 0x4B, 5, 6]).CopyTo(end);
        BitConverter.TryWriteBytes(end[12..], count * 46);
        BitConverter.TryWriteBytes(end[16..], 4);
        return zip;
    }
}

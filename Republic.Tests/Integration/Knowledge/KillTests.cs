using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Two processes on one database and one data folder, as two nodes have them; one is killed.</summary>
public sealed class KillTests(TestDatabases databases)
{
    [Fact]
    public async Task A_document_whose_node_is_killed_in_the_middle_is_indexed_by_the_other_once()
    {
        var database = await databases.NewAsync();
        var data = Directory.CreateTempSubdirectory("republic-document-kill-");
        await using var vendor = new FakeVendor();
        try
        {
            await using var first = await AppProcess.StartAsync(
                new DataFolder(data.FullName),
                connectionString: database,
                environment: Environment()
            );
            await using var second = await AppProcess.StartAsync(
                new DataFolder(data.FullName),
                connectionString: database,
                environment: Environment()
            );
            var mira = await Inhabitant.SignUpAsync(first.Address, "Mira");
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
            var document = body["documents"]![0]!["id"]!.GetValue<string>();
            await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
            var node = (string)(await ScalarAsync(database, $"select node from jobs where subject = '{document}'"))!;
            var holder = int.Parse(node.Split('/')[1], CultureInfo.InvariantCulture);
            vendor.Embeds();

            await (first.ProcessId == holder ? first : second).KillAsync();

            var left = mira.At((first.ProcessId == holder ? second : first).Address);
            JsonNode done = await KnowledgeWorld.EndOfAsync(left, collection, document);
            Assert.Equal("ready", done["status"]!.GetValue<string>());
            Assert.Equal(500, done["passage_count"]!.GetValue<int>());
            Assert.Equal(1, done["revision"]!.GetValue<int>());
            Assert.Equal(500L, await ScalarAsync(database, "select count(*) from passages"));
            Assert.Equal(500L, await ScalarAsync(database, "select count(*) from stored_vectors"));
            // At least the two starts; a node that was short of time may have been taken for dead once more.
            Assert.InRange((long)(await ScalarAsync(database, $"select epoch::bigint from jobs where subject = '{document}'"))!, 2, 5);
        }
        finally
        {
            data.Delete(recursive: true);
            await databases.DropAsync(database);
        }
    }

    private static Dictionary<string, string> Environment() => new() { ["Outbound__AllowedHosts__0"] = "127.0.0.1" };

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}

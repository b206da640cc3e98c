using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>Two processes on one database and one data folder, as two nodes have them; one is killed, and one has no room.</summary>
public sealed class KillTests(TestDatabases databases)
{
    private const int Rows = 60_000;

    [Fact]
    public async Task A_dataset_whose_node_is_killed_in_the_middle_is_made_by_the_other_as_if_nothing_had_been()
    {
        var database = await databases.NewAsync();
        var data = Directory.CreateTempSubdirectory("republic-dataset-kill-");
        try
        {
            await using var first = await AppProcess.StartAsync(new DataFolder(data.FullName), connectionString: database);
            await using var second = await AppProcess.StartAsync(new DataFolder(data.FullName), connectionString: database);
            var mira = await Inhabitant.SignUpAsync(first.Address, "Mira");
            using var there = new HttpClient { BaseAddress = second.Address };
            there.DefaultRequestHeaders.Authorization = mira.Api.Http.DefaultRequestHeaders.Authorization;
            var file = DatasetWorld.Pairs(Rows);
            var calm = await DatasetWorld.MakeAsync(mira, file, "calm.jsonl");

            using var form = DatasetWorld.Form(("killed.jsonl", file));
            var (_, body) = await DatasetWorld.SendAsync(mira, form);
            var id = body["dataset"]!["id"]!.GetValue<string>();
            var holder = await HolderAsync(database, id);
            await (first.ProcessId == holder ? first : second).KillAsync();

            var left = first.ProcessId == holder ? new ApiClient(there) : mira.Api;
            JsonNode dataset = null!;
            await Until.TrueAsync(async () =>
            {
                dataset = (await left.GetAsync(DatasetWorld.PathOf(mira, $"/{id}")))["dataset"]!;
                return dataset["status"]!.GetValue<string>() != "processing";
            });
            Assert.Equal("ready", dataset["status"]!.GetValue<string>());
            Assert.Equal(calm["sha256"]!.GetValue<string>(), dataset["sha256"]!.GetValue<string>());
            Assert.Equal(calm["stats"]!.ToJsonString(), dataset["stats"]!.ToJsonString());
            Assert.Equal(2L, await ScalarAsync(database, $"select epoch::bigint from jobs where subject = '{id}'"));
            var versions = Directory.GetDirectories(Path.Combine(data.FullName, "datasets", id)).Select(Path.GetFileName);
            Assert.Equal(["v1-2"], versions);
        }
        finally
        {
            data.Delete(recursive: true);
            await databases.DropAsync(database);
        }
    }

    [Fact]
    public async Task What_finds_no_room_says_so_leaves_nothing_behind_and_goes_on_when_there_is_some()
    {
        var database = await databases.NewAsync();
        var data = Directory.CreateTempSubdirectory("republic-dataset-full-");
        try
        {
            await using var app = await AppProcess.StartAsync(
                new DataFolder(data.FullName),
                connectionString: database,
                canBeLimited: true
            );
            FileLimit.Set(app.ProcessId, 512 << 10);
            var mira = await Inhabitant.SignUpAsync(app.Address, "Mira");
            using var large = DatasetWorld.Form(("large.jsonl", DatasetWorld.Pairs(20_000)));

            var (status, body) = await DatasetWorld.SendAsync(mira, large);

            Assert.Equal(409, (int)status);
            Assert.Contains("disk is full", body["detail"]!.GetValue<string>());
            Assert.Empty(Directory.GetDirectories(Path.Combine(data.FullName, "datasets")));
            // A version is longer than its source: this one fits, and what is made of it does not.
            var fits = DatasetWorld.Pairs(5_000);
            Assert.InRange(fits.Length, 400 << 10, 512 << 10);
            var unmade = await DatasetWorld.MakeAsync(mira, fits);
            var id = unmade["id"]!.GetValue<string>();
            Assert.Equal("failed", unmade["status"]!.GetValue<string>());
            Assert.Contains("disk is full", unmade["error"]!.GetValue<string>());
            Assert.Empty(Directory.GetDirectories(Path.Combine(data.FullName, "datasets", id)));
            Assert.Equal("ready", (await DatasetWorld.MakeAsync(mira, DatasetWorld.Pairs(20)))["status"]!.GetValue<string>());

            FileLimit.Set(app.ProcessId, 1 << 30);
            await mira.Api.PostAsync(DatasetWorld.PathOf(mira, $"/{id}/retry"));
            Assert.Equal(5_000, (await DatasetWorld.EndOfAsync(mira, id))["sample_count"]!.GetValue<int>());
        }
        finally
        {
            data.Delete(recursive: true);
            await databases.DropAsync(database);
        }
    }

    /// <summary>The process that works on a dataset, once one does.</summary>
    private static async Task<int> HolderAsync(string database, string dataset)
    {
        string? node = null;
        await Until.TrueAsync(async () =>
            (node = await ScalarAsync(database, $"select node from jobs where subject = '{dataset}' and status = 'Running'") as string)
                is not null
        );
        return int.Parse(node!.Split('/')[1], CultureInfo.InvariantCulture);
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}

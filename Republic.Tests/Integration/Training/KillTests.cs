using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs whose node is killed: two processes on one database and one data folder, as two nodes have them.</summary>
public sealed class KillTests(TestDatabases databases) : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("republic-training-kill-");
    private readonly List<AppProcess> nodes = [];
    private string database = "";
    private Inhabitant mira = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await databases.NewAsync();
        for (var i = 0; i < 2; i++)
        {
            nodes.Add(
                await AppProcess.StartAsync(
                    new DataFolder(data.FullName),
                    connectionString: database,
                    environment: new Dictionary<string, string>
                    {
                        ["Training__RetentionQuestions"] = TrainingWorld.FewQuestions,
                        ["ModelHost__Enabled"] = "true",
                        // Whoever kills a run has to come before its end.
                        ["ModelHost__TrainingRestMilliseconds"] = SlowTrainingWorld.Rest,
                    }
                )
            );
        }

        mira = await Inhabitant.SignUpAsync(nodes[0].Address, "Mira");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        data.Delete(recursive: true);
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task Killed_between_a_question_and_its_answer_a_run_is_finished_by_the_other_node_which_asks_that_one_again_and_no_other()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("clerk", vendor);
        var job = await TrainingWorld.NewJobAsync(mira, minion.Id, [], TrainingWorld.Friendly(repeats: 2));
        vendor.Hangs();
        await TrainingWorld.StartAsync(mira, job);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        vendor.Answers("Hello there, glad to help you.");

        await KillHolderAsync(job);
        await EndAsync(job);

        // 4 questions twice, before and after; 3 of the traits, 4 tests and 4 edge cases; and the one that was in flight.
        Assert.Equal(8 + 3 + 8 + 8 + 1, vendor.Requests.Count);
        var keys = vendor.Requests.Select(request => request.Headers["Idempotency-Key"]).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        var known = await ColumnAsync($"select id::text from training_calls where training_job_id = '{job}'");
        Assert.Equal(keys.Order(), known.Order());
        Assert.Equal(
            ["1"],
            await ColumnAsync($"select count(*)::text from training_calls where training_job_id = '{job}' and answer is null")
        );
        Assert.Equal(
            Enumerable.Range(0, 9).Select(i => $"{i} completed"),
            await ColumnAsync(
                $"""
                select data->>'index' || ' completed' from training_events
                where training_job_id = '{job}' and kind = 'step' and data->>'status' = 'completed' order by id
                """
            )
        );
    }

    [Fact(Timeout = TimeLimit.Long)]
    public async Task Killed_while_it_trains_weights_a_run_ends_with_the_same_weights_the_same_losses_and_its_experience_once()
    {
        var dataset = await TrainingWorld.NewDatasetAsync(mira, 20);
        var calm = await RunAsync("calm", dataset, _ => Task.CompletedTask);
        var interrupted = Guid.Empty;
        var killed = await RunAsync(
            "killed",
            dataset,
            async job =>
            {
                await Until.TrueAsync(async () =>
                    (await ColumnAsync($"select 'x' from training_events where training_job_id = '{job}' and kind = 'loss'")).Count > 5
                );
                await KillHolderAsync(job);
                interrupted = job;
            }
        );

        Assert.Equal(calm, killed);
        var log = await ColumnAsync($"select data->>'text' from training_events where training_job_id = '{interrupted}' and kind = 'log'");
        var further = Assert.Single(log, line => line.StartsWith("Goes on after step", StringComparison.Ordinal)).TrimEnd('.').Split(' ');
        Assert.InRange(Number(further[4]), 1, Number(further[6]) - 1);

        static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Killed_between_building_its_collection_and_the_end_of_that_step_a_run_finds_it_and_makes_no_second_one()
    {
        var dataset = await TrainingWorld.NewDatasetAsync(mira, 6);
        var minion = await mira.NewMinionAsync("clerk");
        await ColumnAsync(
            """
            create function slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return new; end $$;
            create trigger slowly before update on training_steps for each row
              when (new.index = 3 and new.status = 'Completed') execute function slowly()
            """
        );
        var order = KnowledgeRuns.Order(minion.Id, "rag_only", [dataset], [], KnowledgeRuns.Quick());
        var job = (await mira.Api.PostAsync(TrainingWorld.PathOf(mira), order))["job"]!["id"]!.GetValue<Guid>();
        await TrainingWorld.StartAsync(mira, job);
        await Until.TrueAsync(async () => (await ColumnAsync($"select id::text from collections where id = '{job}'")).Count == 1);

        await KillHolderAsync(job);
        await EndAsync(job);

        Assert.Equal(["2"], await ColumnAsync($"select attempts::text from training_steps where training_job_id = '{job}' and index = 3"));
        Assert.Equal([job.ToString()], await ColumnAsync("select id::text from collections"));
        Assert.Equal(["6"], await ColumnAsync("select count(*)::text from passages"));
        Assert.Equal(
            [job.ToString()],
            await ColumnAsync($"select collection_id::text from collection_links where minion_id = '{minion.Id}'")
        );
    }

    /// <summary>What the run came to: weights, losses and what the minion has of it.</summary>
    private async Task<string> RunAsync(string name, Guid dataset, Func<Guid, Task> disturb)
    {
        var minion = await mira.NewMinionAsync(name, more: new JsonObject { ["display_name"] = "Bosun" });
        var config = new JsonObject
        {
            ["lora"] = new JsonObject
            {
                ["rank"] = 4,
                ["epochs"] = 4,
                ["replay"] = 0.25,
                ["early_stopping_patience"] = 0,
            },
            ["model"] = new JsonObject { ["temperature"] = 0, ["maxTokens"] = 16 },
            ["repeats"] = 1,
            ["promote"] = "always",
        };
        var job = await TrainingWorld.NewJobAsync(mira, minion.Id, [dataset], config);
        await TrainingWorld.StartAsync(mira, job);
        await disturb(job);
        await EndAsync(job);
        var state = await ColumnAsync(
            $"""
            select jsonb_build_array(v.adapter_sha256, m.experience, m.trained_rows, m.version,
              (select count(*) from minion_versions where minion_id = m.id),
              (select jsonb_agg(e.data order by e.data->>'kind', (e.data->>'step')::int) from training_events e
                where e.training_job_id = v.training_job_id and e.kind = 'loss'))::text
            from minions m join minion_versions v on v.minion_id = m.id where v.training_job_id = '{job}'
            """
        );
        return Assert.Single(state);
    }

    private async Task KillHolderAsync(Guid job)
    {
        var node = Assert.Single(await ColumnAsync($"select node from jobs where subject = '{job}' and status = 'Running'"));
        var process = int.Parse(node.Split('/')[1], CultureInfo.InvariantCulture);
        await nodes.Single(other => other.ProcessId == process).KillAsync();
        await Until.TrueAsync(async () => (await ColumnAsync($"select 'x' from jobs where subject = '{job}' and epoch = 2")).Count == 1);
        mira = nodes[0].ProcessId == process ? mira.At(nodes[1].Address) : mira;
    }

    private async Task EndAsync(Guid job)
    {
        var end = await TrainingWorld.EndAsync(mira, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
    }

    private async Task<List<string>> ColumnAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        List<string> rows = [];
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}

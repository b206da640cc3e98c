using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Npgsql;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>
/// Much that is done at once never waits for each other, so that nobody can prevent their own deactivation. The database's own count of
/// deadlocks is the measure: one that was tried again with success counts too.
/// </summary>
public sealed class DeadlockTests(DeadlockTests.Busy republic) : IClassFixture<DeadlockTests.Busy>
{
    private const string People = "/api/admin/people";
    private const int Rounds = 6;
    private const int AtOnce = 2;

    // Where the machine has little to spare, one round has to do.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    private readonly ConcurrentBag<HttpStatusCode> statuses = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_load_a_role_is_taken_away_and_a_person_deactivated_without_a_deadlock()
    {
        await using var vendor = new FakeVendor();
        var helper = await republic.NewPersonAsync("Helper");
        await republic.Mira.Api.PutAsync($"{People}/{helper.Id}", new { role = "superuser" });
        await republic.Mira.Api.PutAsync($"{People}/{republic.Ada.Id}", new { role = "superuser" });
        var minion = await republic.Jonas.NewMinionAsync("worker", vendor);
        // A session would end when its person is deactivated.
        var jonas = ByToken(await republic.Jonas.Api.PostAsync("/api/account/tokens", new { name = "load" }));
        var chats = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => AskedAsync(vendor, $"asked-{i}")));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        List<Task> load =
        [
            .. Enumerable
                .Range(0, AtOnce)
                .Select(i =>
                    RepeatAsync(jonas, "/api/tasks", new { title = "Load", assigned_to = i % 2 == 0 ? minion.Id : (Guid?)null }, over)
                ),
            .. Enumerable
                .Range(0, AtOnce)
                .Select(i => i % 2 == 0 ? republic.Ada : republic.Mira)
                .Select(person => RepeatAsync(helper.Api, $"{People}/{person.Id}/reset-link", null, over)),
            .. chats.Select(answer => RepeatAsync(republic.Ada.Api, $"/api/messages/{answer}/regenerate", null, over)),
        ];

        var begun = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < Rounds && (round == 0 || TimeProvider.System.GetElapsedTime(begun) < Enough); round++)
        {
            await republic.Mira.Api.PostAsync($"{People}/{republic.Jonas.Id}/deactivate");
            await jonas.ProblemAsync(401, HttpMethod.Get, "/api/tasks");
            await republic.Mira.Api.PutAsync($"{People}/{helper.Id}", new { role = "member" });
            await republic.Mira.Api.PostAsync($"{People}/{republic.Jonas.Id}/reactivate");
            await republic.Mira.Api.PutAsync($"{People}/{helper.Id}", new { role = "superuser" });
            // Until both are at it again.
            await DoneAsync(statuses.Count + (2 * AtOnce));
        }

        await over.CancelAsync();
        await Task.WhenAll(load);

        Assert.DoesNotContain(statuses, status => status >= HttpStatusCode.InternalServerError);
        Assert.Contains(HttpStatusCode.Created, statuses);
        Assert.Equal(0, await republic.DeadlocksAsync());
    }

    private Task DoneAsync(int many) => Until.TrueAsync(() => statuses.Count >= many);

    private async Task RepeatAsync(ApiClient api, string path, object? body, CancellationTokenSource over)
    {
        while (!over.IsCancellationRequested)
        {
            using var answer = await api.SendAsync(HttpMethod.Post, path, body);
            statuses.Add(answer.StatusCode);
            await Task.Delay(answer.IsSuccessStatusCode ? 1 : 10, Ct);
        }
    }

    private async Task<Guid> AskedAsync(FakeVendor vendor, string name)
    {
        var chat = await Chat.BeginAsync(republic.Ada, vendor, name);
        var answer = await chat.SayAsync("Hi");
        await chat.EndOfAsync(answer);
        return answer;
    }

    private ApiClient ByToken(JsonNode made)
    {
        var http = new HttpClient { BaseAddress = republic.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made["token"]!.GetValue<string>());
        return new ApiClient(http);
    }

    /// <summary>Refuses nobody for how often they ask while they are deactivated.</summary>
    public sealed class Busy(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Accounts:FailuresPerMinuteAndAddress", "100000")];

        /// <summary>How many the database has counted. A connection reports its own within some seconds, and at its end: all of them end here.</summary>
        public async Task<long> DeadlocksAsync()
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
            await connection.OpenAsync(Ct);
            await using var end = new NpgsqlCommand(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
                connection
            );
            await end.ExecuteNonQueryAsync(Ct);
            await using var count = new NpgsqlCommand(
                "select deadlocks from pg_stat_database where datname = current_database()",
                connection
            );
            return (long)(await count.ExecuteScalarAsync(Ct))!;
        }
    }
}

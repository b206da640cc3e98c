using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Providers.Idempotency;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Calls of <c>/v1</c> that say they are one.</summary>
public sealed class IdempotencyTests(IdempotencyTests.Sparing republic) : IClassFixture<IdempotencyTests.Sparing>, IAsyncLifetime
{
    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Chat = "/v1/chat/completions";
    private const string Hi = OutsideClient.Hi;
    private const string StreamHi = """{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    private readonly FakeVendor vendor = new();
    private Inhabitant person = null!;
    private TestMinion minion = null!;
    private OutsideClient client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Hi)]
    [InlineData(StreamHi)]
    public async Task A_call_made_again_gets_the_same_bytes_and_headers_and_no_model_is_asked(string body)
    {
        vendor.Answers("Hel", "lo");

        var (first, firstText) = await SendAsync(body, "one");
        vendor.Answers("Another");
        var (second, secondText) = await SendAsync(body, "one");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Contains("lo", firstText);
        Assert.Equal(firstText, secondText);
        Assert.Equal(first.Content.Headers.ContentType?.ToString(), second.Content.Headers.ContentType?.ToString());
        Assert.Equal(Header(first, "x-republic-model"), Header(second, "x-republic-model"));
        Assert.Equal((null, "true"), (Header(first, "x-republic-idempotent-replay"), Header(second, "x-republic-idempotent-replay")));
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task Embeddings_made_again_are_the_same()
    {
        var sprout = await person.NewMinionAsync("sprout");
        using var own = new OutsideClient(republic.Address, sprout.Key);

        using var first = await own.SendAsync("/v1/embeddings", """{"input":"one"}""", ("Idempotency-Key", "e"));
        var vector = await first.Content.ReadAsStringAsync(Ct);
        using var second = await own.SendAsync("/v1/embeddings", """{"input":"one"}""", ("Idempotency-Key", "e"));

        Assert.Contains("embedding", vector);
        Assert.Equal(vector, await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal("true", Header(second, "x-republic-idempotent-replay"));
    }

    [Fact]
    public async Task Of_fifty_at_once_one_asks_and_the_others_are_told_to_come_back()
    {
        var hand = vendor.AnswersByHand();
        var calls = Enumerable.Range(0, 50).Select(_ => SendAsync(StreamHi, "fifty")).ToList();
        await hand.Asked;
        await Until.TrueAsync(() => calls.Count(call => call.IsCompleted) == 49);
        hand.Says("Hello");
        hand.Ends();
        var answers = await Task.WhenAll(calls);

        var conflicts = answers.Where(answer => answer.Response.StatusCode == HttpStatusCode.Conflict).ToList();
        Assert.Equal(49, conflicts.Count);
        Assert.All(conflicts, conflict => Assert.NotNull(conflict.Response.Headers.RetryAfter));
        Assert.All(conflicts, conflict => Assert.Contains("idempotent_call_under_way", conflict.Text));
        var one = Assert.Single(answers, answer => answer.Response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(one.Text, (await SendAsync(StreamHi, "fifty")).Text);
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task Two_nodes_ask_once()
    {
        await using var node = new SecondNode(republic.Databases, republic, MasterKey);
        await node.InitializeAsync();
        using var there = new OutsideClient(node.Address, minion.Key);
        var hand = vendor.AnswersByHand();
        var here = SendAsync(StreamHi, "nodes");
        await hand.Asked;

        await there.ErrorAsync(409, Chat, StreamHi, ("Idempotency-Key", "nodes"));
        hand.Says("Hello");
        hand.Ends();
        var (_, text) = await here;

        using var again = await there.ChatAsync(StreamHi, ("Idempotency-Key", "nodes"));
        Assert.Equal(text, await again.Content.ReadAsStringAsync(Ct));
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task A_key_that_stands_for_another_request_is_refused()
    {
        await SendAsync(Hi, "reused");

        var other = await client.ErrorAsync(422, Chat, StreamHi, ("Idempotency-Key", "reused"));
        await client.ErrorAsync(422, "/v1/embeddings", Hi, ("Idempotency-Key", "reused"));

        Assert.Equal("idempotency_key_reused", (string?)other["code"]);
        Assert.Single(vendor.Requests);
    }

    [Theory]
    [InlineData(0, 'x')]
    [InlineData(256, 'x')]
    [InlineData(3, '\t')]
    public async Task A_malformed_key_is_refused(int length, char letter)
    {
        var key = letter == '\t' ? "a\tb" : new string(letter, length);

        var error = await client.ErrorAsync(400, Chat, Hi, ("Idempotency-Key", key));

        Assert.Equal("invalid_idempotency_key", (string?)error["code"]);
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task The_longest_key_is_taken() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Hi, new string('k', 255))).Response.StatusCode);

    [Fact]
    public async Task What_failed_or_broke_off_is_not_kept_and_asked_anew()
    {
        vendor.Refuses(HttpStatusCode.BadRequest, "No");
        await client.ErrorAsync(400, Chat, StreamHi, ("Idempotency-Key", "failed"));
        vendor.CutsAfter("Hel");
        Assert.Contains("upstream_interrupted", (await SendAsync(StreamHi, "failed")).Text);
        vendor.Answers("Hello");

        var (response, text) = await SendAsync(StreamHi, "failed");

        Assert.Null(Header(response, "x-republic-idempotent-replay"));
        Assert.EndsWith("[DONE]", text.Trim());
        Assert.Equal(3, vendor.Requests.Count);
    }

    [Fact]
    public async Task A_call_whose_line_is_cut_goes_on_and_its_answer_waits()
    {
        var hand = vendor.AnswersByHand();
        using (var cut = new OutsideClient(republic.Address, minion.Key))
        {
            var asking = cut.ChatAsync(StreamHi, ("Idempotency-Key", "cut"));
            await hand.Asked;
            hand.Says("Hel");
            (await asking).Dispose();
        }

        hand.Says("lo");
        hand.Ends();

        await Until.TrueAsync(async () => (await SendAsync(StreamHi, "cut")).Response.StatusCode == HttpStatusCode.OK);
        Assert.EndsWith("[DONE]", (await SendAsync(StreamHi, "cut")).Text.Trim());
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_call()
    {
        var stranger = await republic.NewPersonAsync("Stranger");
        var sibling = await person.NewMinionAsync("sibling", vendor);
        var foreign = await stranger.NewMinionAsync("foreign", vendor);
        await SendAsync(Hi, "shared");
        vendor.Answers("Yours");

        foreach (var key in new[] { sibling.Key, foreign.Key })
        {
            using var other = new OutsideClient(republic.Address, key);
            Assert.Equal(
                "Yours",
                (string?)(await other.AnswerAsync(Hi, ("Idempotency-Key", "shared")))["choices"]![0]!["message"]!["content"]
            );
        }

        Assert.Equal(3, vendor.Requests.Count);
    }

    [Fact]
    public async Task A_call_whose_node_died_is_taken_over_when_it_has_been_silent_and_an_answer_is_kept_for_a_day()
    {
        await SendAsync(Hi, "old");
        await SqlAsync(
            $"update kept_answers set body = null, headers = null, until = now() + interval '1 minute' where owner_id = {person.Id}"
        );
        await client.ErrorAsync(409, Chat, Hi, ("Idempotency-Key", "old"));
        await SqlAsync($"update kept_answers set until = now() - interval '1 second' where owner_id = {person.Id}");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Hi, "old")).Response.StatusCode);
        Assert.Equal(2, vendor.Requests.Count);
        var until = await republic.QueryAsync(db => db.KeptAnswers.Where(a => a.OwnerId == person.Id).Select(a => a.Until).SingleAsync(Ct));
        Assert.InRange(until, TimeProvider.System.GetUtcNow().AddHours(23), TimeProvider.System.GetUtcNow().AddHours(25));

        await SqlAsync($"update kept_answers set until = now() - interval '1 second' where owner_id = {person.Id}");
        await republic.Services.GetRequiredService<KeptAnswers>().SweepAsync(Ct);
        Assert.Equal(0, await KeptAsync());
    }

    [Fact]
    public async Task Who_keeps_too_much_loses_the_oldest_and_what_is_too_long_is_not_kept()
    {
        vendor.Answers(new string('x', Sparing.MaxAnswerBytes));
        await SendAsync(Hi, "long");
        Assert.Equal(0, await KeptAsync());

        vendor.Answers(new string('x', Sparing.MaxAnswerBytes / 2));
        await SendAsync(Hi, "older");
        await SendAsync(Hi, "newer");
        await republic.Services.GetRequiredService<KeptAnswers>().SweepAsync(Ct);

        Assert.Equal(
            ["newer"],
            await republic.QueryAsync(db => db.KeptAnswers.Where(a => a.OwnerId == person.Id).Select(a => a.Key).ToListAsync(Ct))
        );
    }

    [Fact]
    public async Task An_answer_given_again_does_not_count_against_the_keys_day()
    {
        var path = $"/api/minions/{minion.Id}/republic-key";
        var limited = (string)(await person.Api.PostAsync(path, new { daily_limit = 1 }))["republic_key"]!;
        using var caller = new OutsideClient(republic.Address, limited);

        await caller.AnswerAsync(Hi, ("Idempotency-Key", "day"));
        await caller.AnswerAsync(Hi, ("Idempotency-Key", "day"));
        await caller.ErrorAsync(429, Chat, Hi, ("Idempotency-Key", "next"));
    }

    [Fact]
    public async Task What_is_kept_goes_with_its_owner_and_calls_without_a_key_leave_nothing()
    {
        await client.AnswerAsync(Hi);
        Assert.Equal(0, await KeptAsync());
        await SendAsync(Hi, "leaving");
        Assert.Equal(1, await KeptAsync());

        await republic.QueryAsync(db => db.Database.ExecuteSqlAsync($"delete from people where id = {person.Id}"));

        Assert.Equal(0, await KeptAsync());
    }

    public async ValueTask InitializeAsync()
    {
        person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():n}");
        minion = await person.NewMinionAsync("once", vendor);
        client = new OutsideClient(republic.Address, minion.Key);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return vendor.DisposeAsync();
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    private async Task<(HttpResponseMessage Response, string Text)> SendAsync(string body, string key)
    {
        var response = await client.ChatAsync(body, ("Idempotency-Key", key));
        return (response, await response.Content.ReadAsStringAsync(Ct));
    }

    private Task<int> KeptAsync() => republic.QueryAsync(db => db.KeptAnswers.CountAsync(a => a.OwnerId == person.Id, Ct));

    private Task SqlAsync(FormattableString sql) => republic.QueryAsync(db => db.Database.ExecuteSqlAsync(sql, Ct));

    /// <summary>Keeps little, so that too much is soon there.</summary>
    public sealed class Sparing(TestDatabases databases) : RunningRepublic(databases)
    {
        public const int MaxAnswerBytes = 40_000;

        public TestDatabases Databases { get; } = databases;

        protected override bool HasModelHost => true;

        protected override IEnumerable<(string Key, string Value)> Settings =>
            [
                ("API_KEY_ENCRYPTION_KEY", MasterKey),
                ("Idempotency:MaxAnswerBytes", $"{MaxAnswerBytes}"),
                ("Idempotency:MaxBytesPerPerson", "30000"),
            ];
    }
}

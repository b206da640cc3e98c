using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Events;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>Keys that one node keeps in memory and another changes. On the second node no time passes: nothing is forgotten by itself.</summary>
public sealed class OutsideKeyTests(OutsideKeyTests.Nodes nodes) : IClassFixture<OutsideKeyTests.Nodes>, IAsyncLifetime
{
    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private readonly FakeVendor vendor = new();
    private TestMinion minion = null!;

    private Inhabitant Mira => nodes.Mira;

    [Fact]
    public async Task A_key_reissued_at_another_node_is_refused_by_notice()
    {
        using var there = new OutsideClient(nodes.Second.Address, minion.Key);
        await there.AnswerAsync(OutsideClient.Hi);

        await ReissueAsync();

        await RefusedAsync(there);
    }

    [Fact]
    public async Task A_token_revoked_at_another_node_is_refused_by_notice()
    {
        var token = await Mira.Api.PostAsync("/api/account/tokens", new { name = "t" });
        using var there = new OutsideClient(nodes.Second.Address, (string)token["token"]!);
        await there.AnswerAsync(Named);

        await Mira.Api.DeleteAsync($"/api/account/tokens/{token["access_token"]!["id"]}");

        await RefusedAsync(there);
    }

    [Fact]
    public async Task A_key_reissued_while_the_node_was_deaf_is_refused_as_soon_as_it_listens_again()
    {
        using var there = new OutsideClient(nodes.Second.Address, minion.Key);
        await there.AnswerAsync(OutsideClient.Hi);

        await nodes.First.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'
                """
            )
        );
        // By the database itself: no notice is ever sent.
        await nodes.First.QueryAsync(db =>
            db.Database.ExecuteSqlAsync($"update minions set republic_key_hash = sha256('another') where id = {minion.Id}")
        );

        await RefusedAsync(there);
    }

    [Fact]
    public async Task A_node_knows_that_it_is_deaf()
    {
        var notices = nodes.Second.Services.GetRequiredService<NodeNotices>();
        await Until.TrueAsync(() => notices.AreHeard);

        await nodes.Second.Door.CloseAsync();
        await Until.TrueAsync(() => !notices.AreHeard);

        nodes.Second.Door.Open();
        await Until.TrueAsync(() => notices.AreHeard);
    }

    public async ValueTask InitializeAsync()
    {
        minion = await Mira.NewMinionAsync($"m{Guid.CreateVersion7():N}", vendor);
        await Until.TrueAsync(() => nodes.Second.Services.GetRequiredService<NodeNotices>().AreHeard);
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private string Named => $$"""{"model":"{{minion.RepublicId}}","messages":[{"role":"user","content":"Hi"}]}""";

    private Task ReissueAsync() => Mira.Api.PostAsync($"/api/minions/{minion.Id}/republic-key");

    private Task RefusedAsync(OutsideClient client) =>
        Until.TrueAsync(async () =>
        {
            using var answer = await client.ChatAsync(Named);
            return (int)answer.StatusCode == 401;
        });

    /// <summary>Two nodes for all tests, each of which has a minion of its own.</summary>
    public sealed class Nodes : IAsyncLifetime
    {
        private readonly FirstNode first;

        public Nodes(TestDatabases databases)
        {
            first = new FirstNode(databases);
            Second = new Timeless(databases, first);
        }

        public EmptyRepublic First => first;

        public Timeless Second { get; }

        public Inhabitant Mira { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await first.InitializeAsync();
            Mira = await Inhabitant.SignUpAsync(first.Address, "Mira");
            await Second.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Second.DisposeAsync();
            await first.DisposeAsync();
        }
    }

    private sealed class FirstNode(TestDatabases databases) : EmptyRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("API_KEY_ENCRYPTION_KEY", MasterKey)];
    }

    public sealed class Timeless(TestDatabases databases, EmptyRepublic first) : EmptyRepublic(databases)
    {
        public DatabaseDoor Door { get; private set; } = null!;

        protected override IEnumerable<(string Key, string Value)> Settings => [("API_KEY_ENCRYPTION_KEY", MasterKey)];

        protected override bool OwnsDatabase => false;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Door.DisposeAsync();
        }

        protected override void Arrange(IServiceCollection services) => services.AddSingleton<TimeProvider>(new Clock());

        protected override Task<string> DatabaseAsync()
        {
            Door = new DatabaseDoor(first.ConnectionString);
            Door.Open();
            return Task.FromResult(Door.ConnectionString);
        }
    }
}

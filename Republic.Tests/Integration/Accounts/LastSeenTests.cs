using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class LastSeenTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_seen_at_a_sign_in_and_at_requests_with_a_cookie_or_a_token()
    {
        var person = await republic.NewPersonAsync("Greta");
        Assert.NotNull(await WrittenAsync(person.Id));

        await ForgetAsync(person.Id);
        var browser = republic.NewVisitor();
        await browser.SignInAsync(person.Email, person.Password);
        Assert.NotNull(await WrittenAsync(person.Id));

        await ForgetAsync(person.Id);
        await browser.ReadAsync("/account");
        Assert.NotNull(await WrittenAsync(person.Id));

        var made = await person.Api.PostAsync("/api/account/tokens", new { name = "script" });
        await ForgetAsync(person.Id);
        using var script = new HttpClient { BaseAddress = republic.Address };
        script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made["token"]!.GetValue<string>());
        using var answer = await script.GetAsync(new Uri("/api/account/me", UriKind.Relative), Ct);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.NotNull(await WrittenAsync(person.Id));
    }

    [Fact]
    public async Task Whoever_has_signed_out_or_fails_to_sign_in_is_not_seen()
    {
        var person = await republic.NewPersonAsync("Hanna");
        var browser = republic.NewVisitor();
        await browser.SignInAsync(person.Email, person.Password);
        var stolen = browser.Cookies.GetCookies(republic.Address)["session"]!.Value;
        using var left = await browser.SubmitAsync("/account", new Dictionary<string, string>(), "sign-out");
        await ForgetAsync(person.Id);

        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var thief = new HttpClient(handler) { BaseAddress = republic.Address };
        thief.DefaultRequestHeaders.Add("Cookie", $"session={stolen}");
        using var refused = await thief.GetAsync(new Uri("/account", UriKind.Relative), Ct);
        using var guess = await republic
            .NewVisitor()
            .SubmitAsync("/account/sign-in", new Dictionary<string, string> { ["Email"] = person.Email, ["Password"] = "a wrong guess" });

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Null(await WrittenAsync(person.Id));
    }

    [Fact]
    public async Task A_minion_is_seen_when_it_answers()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Good day.");
        var minion = await republic.Jonas.NewMinionAsync("greeter", vendor);
        Assert.Null(await WrittenAsync(minion.Id));
        var chat = await Chat.BeginAsync(republic.Jonas, minion.Id);

        await chat.SayAsync("Hi");

        await Until.TrueAsync(async () => await WrittenAsync(minion.Id) is not null);
    }

    [Fact]
    public async Task Many_requests_are_one_write_and_an_older_time_takes_no_newer_ones_place()
    {
        var minion = await republic.Jonas.NewMinionAsync("quiet");
        var databases = republic.Services.GetRequiredService<IDbContextFactory<RepublicDb>>();
        var clock = new Clock();
        var (here, elsewhere) = (new LastSeen(databases, clock), new LastSeen(databases, clock));
        elsewhere.Note(minion.Id);
        for (var request = 0; request < 100; request++)
        {
            clock.Pass(TimeSpan.FromSeconds(1));
            here.Note(minion.Id);
        }

        Assert.Equal(1, await here.WriteAsync(Ct));
        Assert.Equal(0, await here.WriteAsync(Ct));
        Assert.Equal(0, await elsewhere.WriteAsync(Ct));
        Assert.Equal(clock.GetUtcNow(), await SeenAsync(minion.Id));
        clock.Pass(TimeSpan.FromMinutes(3));
        elsewhere.Note(minion.Id);
        Assert.Equal(1, await elsewhere.WriteAsync(Ct));
        Assert.Equal(clock.GetUtcNow(), await SeenAsync(minion.Id));
    }

    [Fact]
    public async Task What_was_seen_is_written_again_and_again()
    {
        var seen = republic.Services.GetRequiredService<LastSeen>();
        var minion = await republic.Jonas.NewMinionAsync("swept");
        var time = new ManualTime();
        var sweep = ActivatorUtilities.CreateInstance<LastSeenSweep>(republic.Services, seen, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = sweep.RunAsync(stop.Token);

        for (var round = 0; round < 2; round++)
        {
            await ForgetAsync(minion.Id);
            seen.Note(minion.Id);
            await Until.TrueAsync(async () =>
            {
                time.Pass(TimeSpan.FromMinutes(2));
                return await SeenAsync(minion.Id) is not null;
            });
        }

        await stop.CancelAsync();
        await running;
    }

    /// <summary>What the next sweep writes, without waiting for it.</summary>
    private async Task<DateTimeOffset?> WrittenAsync(Guid citizen)
    {
        await republic.Services.GetRequiredService<LastSeen>().WriteAsync(Ct);
        return await SeenAsync(citizen);
    }

    private Task<DateTimeOffset?> SeenAsync(Guid citizen) =>
        republic.QueryAsync(db => db.Citizens.Where(c => c.Id == citizen).Select(c => c.LastSeenAt).SingleAsync(Ct));

    private async Task ForgetAsync(Guid citizen)
    {
        await WrittenAsync(citizen);
        await republic.QueryAsync(db =>
            db.Citizens.Where(c => c.Id == citizen).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastSeenAt, (DateTimeOffset?)null), Ct)
        );
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core.Audit;
using Republic.Core.Jobs;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Tests.World;
using Republic.Web.Pages.Account;

namespace Republic.Tests.Integration.Accounts;

public sealed class AuditTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_reads_their_own_and_a_superuser_all_of_it()
    {
        var person = await Inhabitant.SignUpAsync(republic.Address, "Leser");
        var browser = await person.BrowserAsync();
        using var answer = await republic.Jonas.Api.SendAsync(HttpMethod.Get, "/api/admin/audit");
        var own = (await person.Api.GetAsync("/api/account/activity?limit=2"))["entries"]!.AsArray();
        var older = await person.Api.GetAsync($"/api/account/activity?before={own[^1]!["number"]}");
        var all = await republic.Mira.Api.GetAsync($"/api/admin/audit?person_id={person.Id}&action=account.sign_up");
        var check = await republic.Mira.Api.GetAsync("/api/admin/audit/verify");

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal(["account.sign_in", "account.sign_in"], own.Select(entry => (string)entry!["action"]!));
        Assert.Equal("account.sign_up", (string)Assert.Single(older["entries"]!.AsArray())!["action"]!);
        Assert.Equal($"{person.Id}", (string)Assert.Single(all["entries"]!.AsArray())!["person_id"]!);
        Assert.True((bool)check["is_whole"]!);
        Assert.Null((long?)check["broken"]);
        var page = await browser.ReadAsync("/account/security");
        Assert.Contains("Made this account", page, StringComparison.Ordinal);
        Assert.Contains("from 127.0.0.1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_action_has_words_for_people() =>
        Assert.All(AuditActions.All, action => Assert.NotEqual(action, ActivityWords.Of(action)));

    private AuditLog Log => republic.Services.GetRequiredService<AuditLog>();

    [Fact]
    public async Task What_a_person_does_with_keys_and_sign_ins_is_written_without_their_secrets()
    {
        var person = await Inhabitant.SignUpAsync(republic.Address, "Protokoll");
        var minion = await person.NewMinionAsync("noted");
        var browser = await person.BrowserAsync();
        var token = await person.Api.PostAsync("/api/account/tokens", new { name = "script" });
        await person.Api.DeleteAsync($"/api/account/tokens/{token["access_token"]!["id"]}");
        var key = await person.Api.PostAsync($"/api/minions/{minion.Id}/republic-key", new { });
        var providers = $"/api/users/{person.Id}/providers";
        var body = new
        {
            provider = "openai",
            api_key = "sk-a-secret-of-openai",
            label = "Mine",
        };
        var stored = (string)(await person.Api.PostAsync(providers, body))["provider"]!["id"]!;
        await person.Api.PutAsync($"{providers}/{stored}", new { label = "Ours" });
        await person.Api.DeleteAsync($"{providers}/{stored}");
        using var renamed = await browser.SubmitAsync(
            "/account",
            new Dictionary<string, string> { ["Input.DisplayName"] = "Pro", ["Input.Email"] = person.Email },
            "Profile"
        );
        using var left = await browser.SubmitAsync("/account", new Dictionary<string, string>(), "sign-out");

        var entries = (await Log.ListAsync(person.Id, action: null, before: null, 100, Ct)).Reverse().ToList();

        Assert.Equal(
            [
                ("account.sign_up", null),
                ("account.sign_in", "API"),
                ("minion_key.issue", minion.RepublicId),
                ("account.sign_in", "browser"),
                ("token.create", $"script {token["access_token"]!["hint"]}"),
                ("token.revoke", $"script {token["access_token"]!["hint"]}"),
                ("minion_key.issue", minion.RepublicId),
                ("provider_key.store", "openai, Mine"),
                ("provider_key.change", "openai, Ours"),
                ("provider_key.delete", "openai, Ours"),
                ("account.profile_change", "name"),
                ("account.sign_out", null),
            ],
            entries.Select(entry => (entry.Action, entry.Subject))
        );
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", entry.Address));
        var text = string.Concat(entries.Select(entry => entry.Subject));
        Assert.DoesNotContain("sk-a-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain((string)token["token"]!, text, StringComparison.Ordinal);
        Assert.DoesNotContain((string)key["republic_key"]!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_superusers_do_to_others_is_written()
    {
        var host = new { host = "10.11.12.13:8080" };
        await republic.Mira.Api.PostAsync("/api/admin/allowed-hosts", host);
        await republic.Mira.Api.DeleteAsync("/api/admin/allowed-hosts?host=10.11.12.13:8080");
        await republic.Mira.Api.PostAsync($"/api/users/{republic.Jonas.Id}/budgets", new { monthly_usd = 3 });
        var price = await republic.Mira.Api.PostAsync(
            $"/api/users/{republic.Mira.Id}/prices",
            new
            {
                provider = "openai",
                model = "gpt-4o",
                input = 1,
                output = 2,
                for_everybody = true,
            }
        );
        await republic.Mira.Api.DeleteAsync($"/api/users/{republic.Mira.Id}/prices/{price["price"]!["id"]}");
        using var page = await (await republic.Mira.BrowserAsync()).SubmitAsync(
            $"/providers/spending?person={republic.Ada.Id}",
            new Dictionary<string, string> { ["Input.MonthlyUsd"] = "5" },
            "Save"
        );
        var stop = $"/api/users/{republic.Jonas.Id}/external-training/jobs/{await RunAsync(republic.Jonas)}/stop";
        await republic.Mira.Api.PostAsync(stop);
        // These are not: her own, refused, and only looked at.
        await republic.Mira.Api.PostAsync($"/api/users/{republic.Mira.Id}/budgets", new { monthly_usd = 3 });
        await republic.Mira.Api.ProblemAsync(400, HttpMethod.Post, $"/api/users/{republic.Jonas.Id}/budgets", new { });
        await republic.Mira.Api.GetAsync($"/api/users/{republic.Jonas.Id}/budgets");

        var entries = await Log.ListAsync(republic.Mira.Id, action: null, before: null, 100, Ct);

        Assert.Contains(entries, entry => entry is { Action: AuditActions.HostAllowed, Subject: "10.11.12.13:8080" });
        Assert.Contains(entries, entry => entry is { Action: AuditActions.HostTakenBack, Subject: "10.11.12.13:8080" });
        Assert.Contains(entries, entry => entry is { Action: AuditActions.PriceForEverybody, Subject: "openai, gpt-4o" });
        Assert.Contains(entries, entry => entry is { Action: AuditActions.PriceTakenBack, Subject: "openai, gpt-4o" });
        var acts = entries.Where(entry => entry.Action == AuditActions.SuperuserActed).Select(entry => entry.Subject);
        Assert.Equal([$"POST {stop}", $"Set a budget of {republic.Ada.Id}", $"Set a budget of {republic.Jonas.Id}"], acts);
    }

    /// <summary>A run that waits.</summary>
    private async Task<Guid> RunAsync(Inhabitant owner)
    {
        var minion = await owner.NewMinionAsync("learner");
        var now = TimeProvider.System.GetUtcNow();
        var run = new TrainingJob
        {
            OwnerId = owner.Id,
            MinionId = minion.Id,
            Name = "Spring",
            Type = TrainingType.LoraOnly,
            Method = TrainingMethod.Lora,
            Provider = "local",
            ModelName = "sprout",
            Config = new TrainingConfig(),
            DatasetIds = [],
            CreatedAt = now,
            UpdatedAt = now,
        };
        var work = new Job
        {
            OwnerId = owner.Id,
            Kind = "training",
            Subject = run.Id,
            Status = JobStatus.Paused,
            CreatedAt = now,
        };
        run.WorkId = work.Id;
        await republic.QueryAsync(db =>
        {
            db.AddRange(run, work);
            return db.SaveChangesAsync(Ct);
        });
        return run.Id;
    }

    [Fact]
    public async Task Writers_at_once_leave_no_gap_and_every_hash_holds()
    {
        var before = await Log.VerifyAsync(Ct);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Log.WriteAsync("test.write", $"{i}")));

        var (count, broken) = await Log.VerifyAsync(Ct);

        Assert.Null(broken);
        Assert.True(count >= before.Count + 40, $"{before.Count} entries before, {count} after.");
        var page = await Log.ListAsync(person: null, "test.write", before: null, 15, Ct);
        var next = await Log.ListAsync(person: null, "test.write", page[^1].Number, 200, Ct);
        Assert.Equal(40, page.Concat(next).Select(entry => entry.Number).Distinct().Count());
    }

    [Fact]
    public async Task An_entry_is_neither_changed_nor_deleted_and_a_change_around_the_database_shows()
    {
        await Log.WriteAsync("test.first", "one");
        await Log.WriteAsync("test.second", "two");
        var number = (await Log.ListAsync(person: null, "test.first", before: null, 1, Ct))[0].Number;
        foreach (
            var sql in (string[])
                [
                    $"update audit_entries set subject = 'other' where number = {number}",
                    $"delete from audit_entries where number = {number}",
                    "truncate audit_entries",
                ]
        )
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql));
            Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
        }

        await WithoutTriggersAsync($"update audit_entries set subject = 'other' where number = {number}");
        Assert.Equal(number, (await Log.VerifyAsync(Ct)).Broken);
        var (broken, _, error) = await CheckAsync();
        Assert.Equal(1, broken);
        Assert.Contains("is not what was written", error, StringComparison.Ordinal);
        await WithoutTriggersAsync($"update audit_entries set subject = 'one' where number = {number}");
        Assert.Null((await Log.VerifyAsync(Ct)).Broken);
        await WithoutTriggersAsync($"update audit_entries set number = -number where number = {number}");
        Assert.Equal(number, (await Log.VerifyAsync(Ct)).Broken);
        await WithoutTriggersAsync($"update audit_entries set number = -number where number = -{number}");
        Assert.Null((await Log.VerifyAsync(Ct)).Broken);
        var (whole, output, _) = await CheckAsync();
        Assert.Equal(0, whole);
        Assert.Contains("as they were written", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_written_for_whom_it_was_tried()
    {
        var person = await republic.NewPersonAsync("Versucht");
        var nobody = new ApiClient(new HttpClient { BaseAddress = republic.Address });
        await nobody.ProblemAsync(401, HttpMethod.Post, "/api/account/login", new { email = person.Email, password = "wrong" });
        await nobody.ProblemAsync(401, HttpMethod.Post, "/api/account/login", new { email = "no@republic.example", password = "wrong" });

        Assert.Equal("127.0.0.1", Assert.Single(await Log.ListAsync(person.Id, AuditActions.SignInFailed, before: null, 9, Ct)).Address);
        Assert.Contains(await Log.ListAsync(person: null, AuditActions.SignInFailed, before: null, 9, Ct), entry => entry.PersonId is null);
    }

    /// <summary>The command, as whoever runs a republic calls it.</summary>
    private Task<(int ExitCode, string Output, string Error)> CheckAsync() =>
        World.Cli.RunAsync(republic.DataFolder, "", "audit", "check", $"--ConnectionStrings:Db={republic.ConnectionString}");

    private async Task WithoutTriggersAsync(string sql)
    {
        await ExecuteAsync("alter table audit_entries disable trigger all");
        await ExecuteAsync(sql);
        await ExecuteAsync("alter table audit_entries enable trigger all");
    }

    private Task ExecuteAsync(string sql) => republic.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));
}

using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Admin.People;
using Republic.Core.Admin.Settings;
using Republic.Core.Data;
using Republic.Core.Times;

namespace Republic.Web.Cli;

/// <summary><c>republic people</c>: what the pages of the administration do, for a person who has locked themselves out of them.</summary>
internal static class PeopleCommand
{
    private const string Usage = """
        republic people list [settings]
            everybody with an account: role, state and when they were last seen
        republic people invite [NOTE] [settings]
            makes a link with which one person may make an account within 7 days; NOTE says for whom
        republic people reset ADDRESS [settings]
            makes a link with which the person of that e-mail address chooses a new password within a day
        republic people superuser | member ADDRESS [settings]
            makes them a superuser, or a member again
        republic people deactivate | reactivate ADDRESS [settings]
            signs them out and refuses their keys and tokens, or lets them in again; what they own stays

        Republic may run meanwhile; it follows within a minute. Links are shown without the address of the server, which this
        command does not know. Settings are those of the server, from its environment, its appsettings.json or as
        --ConnectionStrings:Db=….
        """;

    private static readonly string[] WithAddress = ["reset", "superuser", "member", "deactivate", "reactivate"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args) || args is [_, "--help" or "-h", ..])
        {
            Console.WriteLine(Usage);
            return ExitCode.Done;
        }

        var verb = args.FirstOrDefault();
        string[] named = [.. args.Skip(1).TakeWhile(arg => !arg.StartsWith('-'))];
        string[] settings = [.. args.Skip(1 + named.Length)];
        if ((Wrong(verb, named) ?? ServerSettings.Problem(settings)) is { } wrong)
        {
            Console.Error.WriteLine($"{wrong} See republic people --help.");
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        try
        {
            return await WithServicesAsync(settings, services => DoAsync(services, verb!, named.FirstOrDefault(), stop.Token), stop.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. Nothing was changed.");
            return ExitCode.Stopped;
        }
        catch (Exception error) when (Explain(error) is { } words)
        {
            Console.Error.WriteLine(words);
            return error is StartupRefusedException ? ExitCode.BadSettings : ExitCode.NotPossible;
        }
    }

    private static string? Wrong(string? verb, string[] named) =>
        verb is not ("list" or "invite") && !WithAddress.Contains(verb) ? $"There is no command \"people {verb}\"."
        : verb == "list" && named.Length > 0 ? $"republic people list takes no \"{named[0]}\"."
        : named.Length > 1 ? $"\"{named[1]}\" is too much; put quotes around words that belong together."
        : WithAddress.Contains(verb) && named.Length == 0 ? $"republic people {verb} needs an e-mail address."
        : null;

    private static async Task<int> DoAsync(IServiceProvider services, string verb, string? named, CancellationToken ct)
    {
        if (verb == "list")
        {
            await ListAsync(services.GetRequiredService<PeopleReader>(), ct);
            return ExitCode.Done;
        }

        var said = verb == "invite" ? await InviteAsync(services, named, ct) : await ChangeAsync(services, verb, named!, ct);
        if (!said.Ok)
        {
            Console.Error.WriteLine(said.Failure.Message);
            return ExitCode.NotPossible;
        }

        Console.WriteLine(said.Value);
        return ExitCode.Done;
    }

    private static async Task ListAsync(PeopleReader people, CancellationToken ct)
    {
        Guid? after = null;
        do
        {
            var page = await people.ListAsync(words: null, after, limit: 200, ct);
            foreach (var person in page)
            {
                var state = person.DeactivatedAt is null ? "active" : "deactivated";
                var seen = person.LastSeenAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
                Console.WriteLine($"{person.Email}\t{person.Name}\t{(person.IsSuperuser ? "superuser" : "member")}\t{state}\t{seen}");
            }

            after = page.Count == 200 ? page[^1].Id : null;
        } while (after is not null);
    }

    private static async Task<Outcome<string>> InviteAsync(IServiceProvider services, string? note, CancellationToken ct)
    {
        var made = await services.GetRequiredService<Invitations>().CreateAsync(by: null, note, days: null, ct);
        return made.Ok
            ? $"/account/sign-up?invitation={made.Value.Token}\nGood for one account, until {UtcText.Of(made.Value.Invitation.ExpiresAt)}."
            : made.Failure;
    }

    private static async Task<Outcome<string>> ChangeAsync(IServiceProvider services, string verb, string address, CancellationToken ct)
    {
        var found = await services.GetRequiredService<PeopleReader>().FindByEmailAsync(address, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var (person, editor) = (found.Value, services.GetRequiredService<PersonEditor>());
        if (verb == "reset")
        {
            var made = await services.GetRequiredService<PasswordResets>().CreateAsync(by: null, person.Id, ct);
            return made.Ok
                ? $"/account/reset?token={made.Value.Token}\nGood once, until {UtcText.Of(made.Value.Reset.ExpiresAt)}."
                : made.Failure;
        }

        var changed = verb switch
        {
            "superuser" or "member" => await editor.SetRoleAsync(by: null, person.Id, verb == "superuser", ct),
            "deactivate" => await editor.DeactivateAsync(by: null, person.Id, ct),
            _ => await editor.ReactivateAsync(by: null, person.Id, ct),
        };
        return changed.Ok ? $"{person.Name} ({person.Email}): {verb}, done." : changed.Failure;
    }

    private static async Task<int> WithServicesAsync(string[] settings, Func<IServiceProvider, Task<int>> work, CancellationToken ct)
    {
        // Settings as the server reads them.
        var builder = WebApplication.CreateBuilder(settings);
        var (configuration, folder) = (builder.Configuration, DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath));
        var configured = configuration.GetConnectionString("Db");
        await using var postgres = string.IsNullOrWhiteSpace(configured)
            ? await EmbeddedPostgres.StartAsync(folder, NullLogger.Instance, ct)
            : null;
        var parts = new ServiceCollection();
        parts.AddSingleton<IConfiguration>(configuration).AddLogging();
        parts.AddSingleton(StoredSettingsSource.AddTo(configuration));
        RepublicApp.AddFeatures(parts, configuration);
        parts.AddAccounts();
        parts.AddRepublicData(folder, configured is { Length: > 0 } ? configured : postgres!.ConnectionString);
        await using var services = parts.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private static string? Explain(Exception error) =>
        error switch
        {
            StartupRefusedException => error.Message,
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } =>
                "The database has not been brought to this version yet. Start Republic once, then try again.",
            NpgsqlException or IOException => $"The database does not answer: {error.Message}",
            InvalidOperationException { InnerException: NpgsqlException inner } => Explain(inner),
            _ => null,
        };
}

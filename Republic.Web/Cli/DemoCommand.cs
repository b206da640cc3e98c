using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Republic.Core.Accounts;

namespace Republic.Web.Cli;

/// <summary>
/// The main job without a browser, through the same JSON API that outside clients use: an account, a scenario with its episodes, a minion on
/// the built-in model, a question, a training run, and the question again. Run again on the same folder it signs in and does it again.
/// </summary>
internal static class DemoCommand
{
    private const string Email = "demo@republic.localhost";

    private const string Question = "What can you help me with?";

    public static async Task<int> RunAsync(string[] args)
    {
        var chosen = Environment.GetEnvironmentVariable("REPUBLIC_DATA");
        var folder = string.IsNullOrWhiteSpace(chosen) ? Directory.CreateTempSubdirectory("republic-demo-").FullName : chosen;
        try
        {
            await using var app = await RepublicApp.BuildAsync([
                .. args,
                "--REPUBLIC_DATA",
                folder,
                "--Urls",
                "http://127.0.0.1:0",
                "--Logging:LogLevel:Default",
                "Warning",
            ]);
            await app.StartAsync();
            var stopped = new TaskCompletionSource();
            await using var stopping = app.Lifetime.ApplicationStopping.Register(stopped.SetResult);
            var job = ShowAsync(new Uri(app.Urls.First()), folder, app.Services.GetRequiredService<FirstRun>().Token);
            // Told to end, the app gives its run back to the queue: the demo would wait for it for ever.
            var isDone = await Task.WhenAny(job, stopped.Task) == job;
            await app.StopAsync();
            if (!isDone)
            {
                return ExitCode.Stopped;
            }

            await job;
            return ExitCode.Done;
        }
        finally
        {
            if (chosen != folder)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task ShowAsync(Uri address, string folder, string setupToken)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        await SignInAsync(http, folder, setupToken);
        var api = new DemoClient(http);
        await DemoEpisodes.RunAsync(api);
        var minion = await MinionAsync(api);
        await AskAsync(api, minion);
        await DemoTraining.RunAsync(api, minion);
        await AskAsync(api, minion);
    }

    private static async Task SignInAsync(HttpClient http, string folder, string setupToken)
    {
        var file = Path.Combine(folder, "demo-password");
        if (!File.Exists(file))
        {
            await using var stream = new FileStream(file, PrivateFile);
            await stream.WriteAsync(RandomNumberGenerator.GetHexString(32).Select(c => (byte)c).ToArray());
        }

        var account = new
        {
            email = Email,
            password = "Demo-" + await File.ReadAllTextAsync(file),
            setup_token = setupToken,
        };
        var api = new DemoClient(http);
        var login = await api.TryPostAsync("/api/account/login", account);
        if (login is null)
        {
            await api.PostAsync("/api/account/register", account);
            login = await api.PostAsync("/api/account/login", account);
        }

        var token = login["access_token"]!.GetValue<string>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Console.WriteLine($"Signed in as {Email}.");
    }

    private static async Task<JsonNode> MinionAsync(DemoClient api)
    {
        var groups = (await api.GetAsync("/api/minions"))["grouped_minions"]!.AsObject();
        var minion = groups
            .SelectMany(group => group.Value!["minions"]!.AsArray())
            .FirstOrDefault(m => m!["name"]!.GetValue<string>() == "tinker");
        if (minion is null)
        {
            var made = new
            {
                name = "tinker",
                display_name = "Tinker",
                avatar = "🔧",
                provider = "local",
                model_id = "sprout",
            };
            minion = (await api.PostAsync("/api/minions", made))["minion"];
        }

        Console.WriteLine($"{minion!["display_name"]} answers on the built-in model, {minion["model_id"]}.");
        return minion;
    }

    private static async Task AskAsync(DemoClient api, JsonNode minion)
    {
        var conversation = await api.PostAsync("/api/conversations", new { participants = new[] { minion["id"]!.GetValue<Guid>() } });
        var id = conversation["conversation"]!["id"]!.GetValue<Guid>();
        await api.PostAsync($"/api/conversations/{id}/messages", new { content = Question });
        JsonNode answer;
        do
        {
            await Task.Delay(50);
            answer = (await api.GetAsync($"/api/conversations/{id}/messages"))["messages"]!.AsArray()[^1]!;
        } while (answer["state"]!.GetValue<string>() is "pending" or "streaming");

        if (answer["state"]!.GetValue<string>() != "complete")
        {
            throw new InvalidOperationException($"The answer did not complete: {answer["error"]}");
        }

        var speed = answer["tokens_per_second"]!.GetValue<double>().ToString("0", CultureInfo.InvariantCulture);
        Console.WriteLine();
        Console.WriteLine($"> {Question}");
        Console.WriteLine(answer["content"]);
        Console.WriteLine($"  {answer["completion_tokens"]} tokens, {speed} tokens/s");
    }

    private static FileStreamOptions PrivateFile
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return options;
        }
    }
}

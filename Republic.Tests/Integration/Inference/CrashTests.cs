using System.Diagnostics;
using Republic.Core.Inference.Supervision;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>What a dead child costs, and that no child outlives its parent.</summary>
public sealed class CrashTests
{
    private const string Cut = "The model host stopped while answering. It is being started again; send the message again.";

    [Fact]
    public async Task A_request_over_which_child_after_child_ends_is_given_up_and_the_next_one_is_answered()
    {
        await using var models = await LocalModels.StartAsync();
        await models.HealthAsync();
        var whole = models.PostAsync(
            new
            {
                model = "sprout",
                max_tokens = 2000,
                ignore_eos = true,
                messages = new[] { new { role = "user", content = "Hello" } },
            }
        );
        for (var crash = 1; crash <= 4; crash++)
        {
            await Until.TrueAsync(async () => (await models.HealthAsync()).GetProperty("queue").GetProperty("active").GetInt32() == 1);
            Kill(models);
            await Until.TrueAsync(() => models.Supervisor.Status.Crashes == crash);
        }

        Assert.Equal(Cut, (await Assert.ThrowsAsync<HttpRequestException>(() => whole)).Message);
        var answer = await models.AskAsync(LocalModels.Question("What is LoRA?"));
        Assert.Equal("sprout", answer.GetProperty("model").GetString());
        Assert.Equal(4, models.Supervisor.Status.Crashes);
    }

    [Fact]
    public async Task Crash_after_crash_it_comes_back()
    {
        await using var models = await LocalModels.StartAsync();
        for (var crash = 1; crash <= 3; crash++)
        {
            await models.HealthAsync();
            Kill(models);
            await Until.TrueAsync(() => models.Supervisor.Status.Crashes == crash);
        }

        Assert.Equal("ok", (await models.HealthAsync()).GetProperty("status").GetString());
        Assert.Equal(ModelHostState.Running, models.Supervisor.Status.State);
    }

    [Fact]
    public async Task A_parent_killed_in_mid_life_leaves_no_child()
    {
        var folder = Directory.CreateTempSubdirectory("republic-test-");
        var program = Path.Combine(AppContext.BaseDirectory, "republic.dll");
        // The parent holds the other end of the child's standard input, as the web process does.
        var script =
            $"exec 3> >(echo $BASHPID > pid; exec '{Dotnet()}' '{program}' model-host --socket {folder.FullName}/s --models . --threads 1 > out); read -r _";
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        using var parent = Process.Start(start)!;
        await Until.TrueAsync(() => Read("out").StartsWith("ready", StringComparison.Ordinal));
        using var child = Process.GetProcessById(int.Parse(Read("pid")));

        parent.Kill();

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.HasExited);
        folder.Delete(recursive: true);

        string Read(string name) =>
            File.Exists(Path.Combine(folder.FullName, name)) ? File.ReadAllText(Path.Combine(folder.FullName, name)) : "";
    }

    [Fact]
    public async Task Stopping_the_app_ends_the_child()
    {
        var models = await LocalModels.StartAsync();
        await models.HealthAsync();
        using var child = Process.GetProcessById(models.Supervisor.Status.ProcessId!.Value);

        await models.DisposeAsync();

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ModelHostState.Stopped, models.Supervisor.Status.State);
    }

    [Fact]
    public async Task A_program_that_is_not_there_makes_local_models_unavailable_and_says_why()
    {
        await using var models = await LocalModels.StartAsync(("ModelHost:Executable", "/nowhere/republic"));

        var error = await Assert.ThrowsAsync<HttpRequestException>(models.HealthAsync);

        Assert.Contains("ModelHost:Executable", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelHostState.Unavailable, models.Supervisor.Status.State);
    }

    [Fact]
    public async Task Switched_off_it_says_so()
    {
        await using var models = await LocalModels.StartAsync(("ModelHost:Enabled", "false"));

        Assert.Contains(
            "switched off",
            (await Assert.ThrowsAsync<HttpRequestException>(models.HealthAsync)).Message,
            StringComparison.Ordinal
        );
    }

    internal static int Kill(LocalModels models)
    {
        using var child = Process.GetProcessById(models.Supervisor.Status.ProcessId!.Value);
        child.Kill();
        return child.Id;
    }

    private static string Dotnet() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}

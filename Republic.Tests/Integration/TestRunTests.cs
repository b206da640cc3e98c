using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Tests.Architecture;

namespace Republic.Tests.Integration;

/// <summary><c>dev/tests.mjs</c> against a test program that plays back scripted results: tests that fail, fail once, crash the program or never end.</summary>
public sealed class TestRunTests : IDisposable
{
    private const string Unit = "Republic.Tests.Unit.";
    private const string Other = "Republic.Tests.Integration.";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task All_pass_and_are_counted_in_the_last_line()
    {
        var (code, lines) = await RunAsync([], (Unit + "A.one", "passes"), (Other + "B.two", "passes"));

        Assert.Equal((0, "2 passed, 0 failed"), (code, lines[^1]));
    }

    [Fact]
    public async Task One_that_fails_once_is_named_as_flaky_and_counts_as_passed()
    {
        var (code, lines) = await RunAsync([], (Unit + "A.one", "passes"), (Other + "B.two", "fails once"));

        Assert.Equal((0, "2 passed, 0 failed"), (code, lines[^1]));
        Assert.Contains($"flaky: {Other}B.two", lines);
        Assert.Contains($"[FAIL] {Other}B.two (1 s)", lines);
        Assert.Contains("EqualException: 1 is not 2", lines);
        Assert.Equal((1, 2), (Starts(Unit + "A.one"), Starts(Other + "B.two")));
    }

    [Fact]
    public async Task One_that_fails_twice_is_a_failure()
    {
        var (code, lines) = await RunAsync([], (Other + "B.one", "passes"), (Other + "B.two", "fails"));

        Assert.Equal((1, "1 passed, 1 failed"), (code, lines[^1]));
        Assert.Contains($"failed: {Other}B.two", lines);
    }

    [Fact]
    public async Task One_that_is_skipped_is_a_failure()
    {
        var (code, lines) = await RunAsync([], (Other + "B.one", "passes"), (Other + "B.two", "is skipped"));

        Assert.Equal((1, "1 passed, 1 failed"), (code, lines[^1]));
        Assert.Contains("nobody may", lines);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    public async Task More_than_three_flaky_ones_are_a_failure(int flaky, int failures)
    {
        var (code, lines) = await RunAsync([], [.. Enumerable.Range(0, flaky).Select(i => ($"{Other}B.t{i}", "fails once"))]);

        Assert.Equal((failures, $"{flaky} passed, {failures} failed"), (code, lines[^1]));
    }

    [Fact]
    public async Task Where_a_unit_test_fails_the_others_are_not_begun()
    {
        var (code, lines) = await RunAsync([], (Unit + "A.one", "fails"), (Other + "B.two", "passes"));

        Assert.Equal((1, "0 passed, 1 failed"), (code, lines[^1]));
        Assert.Equal(0, Starts(Other + "B.two"));
    }

    [Fact]
    public async Task A_program_that_crashes_is_started_once_more_with_what_it_had_not_run()
    {
        var (code, lines) = await RunAsync(
            [],
            (Other + "B.one", "passes"),
            (Other + "B.two", "crashes once"),
            (Other + "C.three", "passes")
        );

        Assert.Equal((0, "3 passed, 0 failed"), (code, lines[^1]));
        Assert.Contains($"flaky: the test program ended early (exit code 134) in {Other}B.two", lines);
        Assert.Equal((1, 2, 1), (Starts(Other + "B.one"), Starts(Other + "B.two"), Starts(Other + "C.three")));
    }

    [Fact]
    public async Task A_program_that_crashes_twice_is_a_failure_that_names_the_test()
    {
        var (code, lines) = await RunAsync([], (Other + "B.one", "passes"), (Other + "B.two", "crashes"));

        Assert.Equal((1, "1 passed, 1 failed"), (code, lines[^1]));
        Assert.Contains($"failed: the test program ended early (exit code 134) in {Other}B.two", lines);
    }

    [Fact]
    public async Task A_test_that_blocks_beyond_its_limit_is_ended_by_name_and_the_others_go_on()
    {
        var (code, lines) = await RunAsync([], (Other + "B.one", "blocks"), (Other + "C.two", "passes"));

        Assert.Equal((1, "1 passed, 1 failed"), (code, lines[^1]));
        Assert.Contains($"[FAIL] {Other}B.one", lines);
        Assert.Equal(1, Starts(Other + "C.two"));
    }

    [Fact]
    public async Task A_class_that_cannot_be_cleaned_up_is_a_failure()
    {
        var (code, lines) = await RunAsync([], (Other + "B.one", "breaks its class"));

        Assert.Equal((1, "1 passed, 1 failed"), (code, lines[^1]));
        Assert.Contains($"failed: {Other}B", lines);
    }

    [Theory]
    [InlineData("fails and breaks its class once", 0, "1 passed, 0 failed")]
    [InlineData("fails and breaks its class", 1, "0 passed, 2 failed")]
    public async Task A_class_that_is_broken_by_a_failed_test_is_tried_again_with_it(string how, int exit, string last)
    {
        var (code, lines) = await RunAsync([], (Other + "B.one", how));

        Assert.Equal((exit, last), (code, lines[^1]));
    }

    [Fact]
    public async Task A_filter_takes_parts_of_names()
    {
        (string, string)[] plan = [(Unit + "A.one", "passes"), (Other + "B.two", "passes"), (Other + "C.three", "passes")];
        var (code, lines) = await RunAsync(["--filter", "FullyQualifiedName~.B.|three"], plan);

        Assert.Equal((0, "2 passed, 0 failed"), (code, lines[^1]));
        Assert.Equal((1, "0 passed, 1 failed"), Last(await RunAsync(["--filter", "nothing"], plan)));
        Assert.Equal(2, (await RunAsync(["--filter", "A&B"], plan)).Code);
        Assert.Equal(2, (await RunAsync(["--fast"], plan)).Code);
    }

    [Fact]
    public async Task The_slowest_classes_are_named_when_asked_for()
    {
        var (_, lines) = await RunAsync(["--slowest"], (Other + "B.one", "passes"), (Other + "B.two", "passes"));

        Assert.Contains(lines, line => line.EndsWith("2  Integration.B", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_classes_that_grew_most_are_named_and_the_time_is_held_against_the_budget()
    {
        Record(budget: 25, ("Integration.B", 2), ("Integration.C", 1_000));
        var (_, lines) = await RunAsync(
            ["--record"],
            (Unit + "A.one", "passes"),
            (Other + "B.two", "lasts"),
            (Other + "C.three", "passes")
        );

        Assert.Contains(
            lines,
            line => Regex.IsMatch(line, @"^ +\+[12] +[34]  Integration\.B$", RegexOptions.None, TimeSpan.FromSeconds(1))
        );
        Assert.DoesNotContain(lines, line => line.EndsWith("  Integration.C", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("under the budget of 25.", StringComparison.Ordinal));
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Seconds, TestContext.Current.CancellationToken))!;
        Assert.Equal(["Integration.B", "Integration.C"], recorded["classes"]!.AsObject().Select(entry => entry.Key));
        Assert.InRange(recorded["classes"]!["Integration.B"]!.GetValue<int>(), 3, 60);
        Assert.Equal(25, recorded["budgetMinutes"]!.GetValue<int>());
    }

    [Fact]
    public async Task Beyond_the_budget_a_run_says_by_how_much_and_passes()
    {
        Record(budget: 0);
        var (code, lines) = await RunAsync([], (Other + "B.two", "passes"));

        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.EndsWith("over the budget of 0.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fails", "--record")]
    [InlineData("passes", "--slowest")]
    public async Task Times_are_kept_only_of_a_run_that_passes_and_is_asked_to(string how, string option)
    {
        Record(budget: 25, ("Integration.B", 2));
        var before = await File.ReadAllTextAsync(Seconds, TestContext.Current.CancellationToken);
        await RunAsync([option], (Other + "B.two", how));

        Assert.Equal(before, await File.ReadAllTextAsync(Seconds, TestContext.Current.CancellationToken));
    }

    private string Seconds => Path.Combine(folder.FullName, "test-seconds.json");

    private void Record(int budget, params (string Class, int Seconds)[] classes) =>
        File.WriteAllText(
            Seconds,
            JsonSerializer.Serialize(new { budgetMinutes = budget, classes = classes.ToDictionary(one => one.Class, one => one.Seconds) })
        );

    private static (int Code, string Line) Last((int Code, string[] Lines) run) => (run.Code, run.Lines[^1]);

    private int Starts(string test) =>
        JsonSerializer
            .Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(folder.FullName, "starts.json")))!
            .GetValueOrDefault(test);

    private async Task<(int Code, string[] Lines)> RunAsync(string[] options, params (string Test, string How)[] plan)
    {
        var ct = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "plan.json"),
            JsonSerializer.Serialize(plan.ToDictionary(test => test.Test, test => test.How)),
            ct
        );
        var start = new ProcessStartInfo(
            "node",
            [
                Path.Combine(SourceFile.Root, "dev", "tests.mjs"),
                .. options,
                "--",
                "node",
                Path.Combine(SourceFile.Root, "Republic.Tests", "World", "fake-test-program.mjs"),
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["REPUBLIC_TEST_GRACE"] = "0";
        if (!File.Exists(Seconds))
        {
            Record(budget: 25);
        }

        start.Environment["REPUBLIC_TEST_SECONDS"] = Seconds;
        // That of the run which this test is part of.
        start.Environment.Remove("REPUBLIC_TEST_BEGAN");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, output.TrimEnd().Split('\n'));
    }
}

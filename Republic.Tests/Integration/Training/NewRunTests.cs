using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>The form of a new run and the list of runs, in a browser without scripts.</summary>
public sealed class NewRunTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_that_is_kept_for_later_becomes_a_run_with_what_was_typed_and_the_defaults()
    {
        var person = await world.NewPersonAsync("Later");
        var minion = await person.NewMinionAsync("cook");
        var data = await TrainingWorld.NewDatasetAsync(person, 12);
        var browser = await person.BrowserAsync();

        using var answer = await browser.SubmitAsync(
            "/training/new",
            Filled(
                minion,
                ("Input.DatasetIds", data.ToString()),
                ("Input.SelectedTraits", "playful"),
                ("Input.TraitIntensities[playful]", "7"),
                ("Input.StyleSensitivity", "0.25"),
                ("Input.Rank", "8"),
                ("Input.Epochs", "2"),
                ("Input.TargetModules", "q, V"),
                ("Input.Temperature", "0,3"),
                ("Input.Promote", "Never")
            ),
            "/training/new"
        );

        Assert.Equal("/training", answer.Headers.Location?.ToString());
        var job = (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray().Single()!;
        var config = job["config"]!;
        Assert.Equal(("PENDING", "lora", "A run of mine"), (Text(job, "status"), Text(job, "method"), Text(job, "job_name")));
        Assert.Equal(data.ToString(), job["dataset_ids"]!.AsArray().Single()!.GetValue<string>());
        Assert.Equal(7, config["loraConfig"]!["traitIntensities"]!["playful"]!.GetValue<int>());
        Assert.Equal(0.25, config["loraConfig"]!["styleSensitivity"]!.GetValue<double>());
        Assert.Equal((8, 2), (config["lora"]!["rank"]!.GetValue<int>(), config["lora"]!["epochs"]!.GetValue<int>()));
        Assert.Equal("""["q","v"]""", config["lora"]!["target_modules"]!.ToJsonString());
        Assert.Equal(0.001, config["lora"]!["learning_rate"]!.GetValue<double>());
        Assert.Equal(0.3, config["model"]!["temperature"]!.GetValue<double>());
        Assert.Equal(("never", 3), (Text(config, "promote"), config["repeats"]!.GetValue<int>()));
        Assert.Contains("A run of mine is saved.", await browser.ReadAsync("/training"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_beside_its_field_and_nothing_typed_is_lost()
    {
        var person = await world.NewPersonAsync("Wrong");
        var minion = await person.NewMinionAsync("cook");
        var browser = await person.BrowserAsync();

        using var answer = await browser.SubmitAsync(
            "/training/new",
            Filled(
                minion,
                ("Input.JobName", ""),
                ("Input.SelectedTraits", "playful"),
                ("Input.TraitIntensities[playful]", "9"),
                ("Input.Rank", "many"),
                ("Input.TopP", "7"),
                ("Input.LearningRate", "-1"),
                ("Input.Repeats", "99"),
                ("Input.Description", "Kept <as> typed")
            ),
            "/training/new"
        );

        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        foreach (
            var (field, error) in new[]
            {
                ("JobName", "Give the run a name."),
                ("DatasetIds", "choose a dataset with at least 5"),
                ("SelectedTraits", "9 points are spent, and level 1 has 7."),
                ("Rank", "“many” is not a whole number."),
                ("TopP", "topP is 7"),
                ("LearningRate", "learning_rate is -1"),
                ("Repeats", "repeats is 99"),
            }
        )
        {
            var beside = WebUtility.HtmlDecode(page.Split($"""id="Input_{field}-error">""")[1].Split("</p>")[0]);
            Assert.Contains(error, beside, StringComparison.Ordinal);
        }

        Assert.Contains("""value="many" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains("Kept &lt;as&gt; typed", page, StringComparison.Ordinal);
        Assert.Contains("""id="fold-lora" open""", page, StringComparison.Ordinal);
        Assert.Empty((await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray());
    }

    [Fact]
    public async Task A_form_that_is_sent_many_times_at_once_makes_one_run_and_starts_it_once()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Twice");
        var minion = await person.NewMinionAsync("twin", vendor);
        var browser = await person.BrowserAsync();
        var page = await browser.ReadAsync("/training/new");
        var fields = Filled(minion, ("Input.SelectedTraits", "friendly"), ("later", "false"));
        fields["__RequestVerificationToken"] = Html.Token(page);
        fields["Input.Request"] = Guid.CreateVersion7().ToString();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => browser.Http.PostAsync("/training/new", new FormUrlEncodedContent(fields), Ct))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        var job = (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray().Single()!;
        var end = await TrainingWorld.EndAsync(person, job["id"]!.GetValue<Guid>());
        Assert.Equal(("COMPLETED", "persona"), (Text(end, "status"), Text(end, "method")));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task The_fields_follow_the_minion_and_so_does_a_name_that_nobody_wrote()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Follow");
        var local = await person.NewMinionAsync("cook");
        var far = await person.NewMinionAsync("clerk", vendor, new JsonObject { ["system_prompt"] = "Answer as a clerk." });
        var browser = await person.BrowserAsync();
        var first = await browser.ReadAsync($"/training/new?minion={local.Id}");
        Assert.Contains("LoRA: weights are trained.", first, StringComparison.Ordinal);
        Assert.Contains("How weights are trained", first, StringComparison.Ordinal);

        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Html.Token(first),
            ["Input.MinionId"] = far.Id.ToString(),
            ["Input.JobName"] = "Cook, run 1",
            ["Input.Proposed"] = "Cook, run 1",
            ["Input.SelectedTraits"] = "friendly",
            ["Input.Description"] = "My note",
        };
        using var answer = await browser.Http.PostAsync("/training/new?handler=Fields", new FormUrlEncodedContent(fields), Ct);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Contains("Persona tuning: the system prompt is written.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("How weights are trained", page, StringComparison.Ordinal);
        Assert.Contains("""value="Clerk, run 1" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains("My note", page, StringComparison.Ordinal);
        Assert.Contains("<ins>Your character:", page, StringComparison.Ordinal);
        Assert.Contains("0 of 1 left", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_of_a_minion_at_work_is_saved_and_says_why_it_does_not_start()
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var person = await world.NewPersonAsync("Busy");
        var minion = await person.NewMinionAsync("porter", vendor);
        var browser = await person.BrowserAsync();
        foreach (var name in new[] { "First", "Second" })
        {
            var fields = Filled(minion, ("Input.JobName", name), ("Input.SelectedTraits", "friendly"), ("later", "false"));
            using var sent = await browser.SubmitAsync("/training/new", fields, "/training/new");
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/training"));
        Assert.Contains("Second is saved, and not started.", page, StringComparison.Ordinal);
        Assert.Contains("The same minion is in the run “First” just now.", page, StringComparison.Ordinal);

        var jobs = (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray();
        foreach (
            var (handler, job, says) in new[]
            {
                ("Stop", jobs[0]!, "has not been started"),
                ("Stop", jobs[1]!, ""),
                ("Delete", jobs[0]!, ""),
            }
        )
        {
            var fields = new Dictionary<string, string> { ["id"] = Text(job, "id"), ["__RequestVerificationToken"] = Html.Token(page) };
            using var done = await browser.Http.PostAsync($"/training?handler={handler}", new FormUrlEncodedContent(fields), Ct);
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
            Assert.Contains(says, await browser.ReadAsync("/training"), StringComparison.Ordinal);
        }

        var left = (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray().Single()!;
        Assert.Equal(("First", "STOPPED"), (Text(left, "job_name"), Text(left, "status")));
    }

    [Fact]
    public async Task The_list_is_narrowed_by_state_minion_and_words_and_says_how_many_there_are_of_each()
    {
        var person = await world.NewPersonAsync("Sifter");
        var (one, other) = (await person.NewMinionAsync("one"), await person.NewMinionAsync("other"));
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        foreach (var (minion, name) in new[] { (one, "Alpha 100%"), (one, "Beta"), (other, "Gamma") })
        {
            var id = await TrainingWorld.NewJobAsync(person, minion.Id, [data]);
            await person.Api.SendAsync(HttpMethod.Put, TrainingWorld.PathOf(person, $"/{id}"), new { job_name = name });
        }

        var browser = await person.BrowserAsync();
        Assert.Equal(["Gamma", "Beta", "Alpha 100%"], await NamesAsync(browser, ""));
        Assert.Equal(["Beta", "Alpha 100%"], await NamesAsync(browser, $"?minion={one.Id}"));
        Assert.Equal(["Alpha 100%"], await NamesAsync(browser, "?q=100%25"));
        Assert.Equal(["Gamma", "Beta", "Alpha 100%"], await NamesAsync(browser, "?status=Pending"));
        Assert.Empty(await NamesAsync(browser, "?status=Running"));
        var page = await browser.ReadAsync("/training?status=Running");
        Assert.Contains("No run fits this choice.", page, StringComparison.Ordinal);
        Assert.Contains("""Not started <span class="count">3</span>""", page, StringComparison.Ordinal);
        Assert.Contains("Nothing is running. 3 runs in all.", page, StringComparison.Ordinal);
    }

    private static async Task<List<string>> NamesAsync(Visitor browser, string query) =>
        [
            .. (await browser.ReadAsync($"/training{query}"))
                .Split("""<span class="run-name">""")[1..]
                .Select(row => WebUtility.HtmlDecode(row.Split("<bdi>")[1].Split("</bdi>")[0])),
        ];

    private static Dictionary<string, string> Filled(TestMinion minion, params IEnumerable<(string Name, string Value)> more)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.MinionId"] = minion.Id.ToString(),
            ["Input.JobName"] = "A run of mine",
            ["Input.Repeats"] = "3",
            ["later"] = "true",
        };
        foreach (var (name, value) in more)
        {
            fields[name] = value;
        }

        return fields;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}

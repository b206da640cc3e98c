using System.Text.Json;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Training;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Tests.Unit.Pages.Training;

public sealed class RunViewTests
{
    [Fact]
    public void A_run_that_is_held_looks_so_and_wants_nothing_of_its_person()
    {
        var run = Cards.Run(TrainingStatus.Queued) with { HeldUntil = DateTimeOffset.UnixEpoch };

        Assert.Equal(("Held", "warn"), (RunState.Of(run).Label, RunState.Of(run).Tone));
        Assert.Equal("Waiting", RunState.Of(run with { HeldUntil = null }).Label);
        Assert.Null(RunAdvice.Of(run));
    }

    [Theory]
    [InlineData(TrainingStatus.Pending, 0, "Start", "Start it when you are ready.")]
    [InlineData(TrainingStatus.Stopped, 3, "Continue", "What is done is kept; it continues at step 4.")]
    [InlineData(TrainingStatus.Failed, 1, "Continue", "What is done is kept; it continues at step 2.")]
    [InlineData(
        TrainingStatus.Failed,
        0,
        "Start again",
        "Test Owl on its page: its model has to answer. No answer is asked for twice. It begins with step 1."
    )]
    public void A_run_that_stands_still_says_why_and_what_to_try(TrainingStatus status, int done, string button, string next)
    {
        var advice = RunAdvice.Of(Cards.Run(status, done, error: "It broke."))!;

        Assert.Equal((button, next), (advice.Button, advice.Next));
        Assert.Equal(status == TrainingStatus.Pending ? "This run has not been started." : "It broke.", advice.Fact);
    }

    [Fact]
    public void A_run_whose_judge_failed_leads_to_the_judge_and_not_to_the_minion_that_is_trained()
    {
        var judge = Guid.CreateVersion7();
        var run = Cards.Run(TrainingStatus.Failed, 6, error: "Clara, the judge of this run, could not grade. OpenAI needs an API key.");

        var advice = RunAdvice.Of(run with { Config = run.Config with { JudgeMinionId = judge } })!;

        Assert.Equal((judge, "Clara"), advice.Judge);
        Assert.StartsWith("Test Clara on its page: its model has to answer.", advice.Next, StringComparison.Ordinal);
        Assert.Equal("Continue", advice.Button);
        Assert.Null(RunAdvice.Of(Cards.Run(TrainingStatus.Failed, 6, error: "The key is no good."))!.Judge);
    }

    [Fact]
    public void A_run_that_cannot_go_on_says_why_and_has_no_button()
    {
        var advice = RunAdvice.Of(Cards.Run(TrainingStatus.Stopped, 3, error: "It was stopped."), obstacle: "Train once more.")!;

        Assert.Equal(("It was stopped.", "Train once more.", null), (advice.Fact, advice.Next, advice.Button));
    }

    [Fact]
    public void A_run_that_its_person_stopped_says_where_it_continues()
    {
        var advice = RunAdvice.Of(Cards.Run(TrainingStatus.Stopped, 3))!;

        Assert.Equal(("This run was stopped.", "What is done is kept; it continues at step 4."), (advice.Fact, advice.Next));
    }

    [Theory]
    [InlineData(TrainingStatus.Running)]
    [InlineData(TrainingStatus.Completed)]
    public void One_that_works_or_is_done_needs_no_advice(TrainingStatus status) => Assert.Null(RunAdvice.Of(Cards.Run(status)));

    [Fact]
    public void A_step_that_is_done_says_what_came_of_it_and_another_what_it_will_do()
    {
        var run = Cards.Run(TrainingStatus.Running, 2, outputs: [(1, """{"training":54,"validation":12}""")]);

        Assert.Equal("54 rows to learn from, 12 to measure with", StepWords.Sentence(run, run.Steps[1]));
        Assert.Equal("LoRA of rank 16 on sprout", StepWords.Sentence(run, run.Steps[3]));
        var chosen = run with { Config = run.Config with { Lora = run.Config.Lora with { Rank = 32 } } };
        Assert.Equal("LoRA of rank 32 on sprout", StepWords.Sentence(chosen, run.Steps[3]));
        Assert.Equal(
            "The traits become part of the system prompt",
            StepWords.Sentence(run with { Method = TrainingMethod.Persona }, run.Steps[3])
        );
    }

    [Fact]
    public void Any_output_becomes_labels_and_values()
    {
        var parts = OutputPart.Of(
            JsonElement.Parse(
                """{"asked":[{"query":"Who?","response_time":1.5}],"nothing":null,"slots_used":2,"names":["a","b"],"empty":[]}"""
            )
        );

        Assert.Equal(["Answers", "Slots used", "Names"], parts.Select(part => part.Label));
        Assert.Equal("Who?", parts[0].Parts[0].Label);
        Assert.Equal(("Seconds", "1.5"), (parts[0].Parts[0].Parts[0].Label, parts[0].Parts[0].Parts[0].Value));
        Assert.Equal(["2", "a, b"], parts.Skip(1).Select(part => part.Value));
    }

    [Fact]
    public void A_long_list_is_cut_and_says_so()
    {
        var items = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"prompt":"p{{i}}","loss":1}"""));

        Assert.Equal("And 40 more", OutputPart.Of(JsonElement.Parse($$"""{"held_out":[{{items}}]}"""))[0].Parts[^1].Label);
    }

    [Theory]
    [InlineData(
        "loss",
        """{"kind":"train","step":3,"loss":1.23456,"learning_rate":0.0001}""",
        "step 3 loss 1.2346 lr 1.0e-4",
        StepName.EnhanceModel
    )]
    [InlineData(
        "step",
        """{"index":1,"status":"failed","attempts":2}""",
        "2 Load and refine data failed, attempt 2",
        StepName.RefineDatasets
    )]
    [InlineData("log", """{"step":"refine_datasets","text":"Waiting."}""", "Waiting.", StepName.RefineDatasets)]
    public void What_a_run_told_becomes_a_line_of_its_step(string kind, string data, string text, StepName step)
    {
        var line = LogLine.Of(new(1, DateTimeOffset.UnixEpoch, kind, JsonElement.Parse(data)), TrainingMethod.Lora);

        Assert.Equal((text, step), (line.Text, line.Step));
    }

    [Theory]
    [InlineData(
        """{"steps":132,"steps_done":168,"steps_planned":240,"bytes":1024}""",
        "Weights of step 132 kept; ended after 168 of 240, for it got no better, 1 kB"
    )]
    [InlineData("""{"steps":132,"steps_done":168,"steps_planned":168,"bytes":1024}""", "Weights of step 132 of 168 kept, 1 kB")]
    [InlineData("""{"steps":168,"steps_done":168,"steps_planned":168,"bytes":1024}""", "168 steps, 1 kB")]
    [InlineData("""{"steps":132,"bytes":1024}""", "132 steps, 1 kB")]
    public void The_steps_of_a_training_say_which_was_kept_and_how_many_were_done_and_planned(string weights, string words)
    {
        var run = Cards.Run(TrainingStatus.Completed, 9, outputs: [(3, $$"""{"weights":{{weights}}}""")]);

        Assert.Equal(words, StepWords.Sentence(run, run.Steps[3]));
    }

    [Fact]
    public void Held_out_rows_are_told_with_their_groups()
    {
        var run = Cards.Run(
            TrainingStatus.Running,
            2,
            outputs: [(1, """{"training":40,"validation":20,"groups":6,"held_out_groups":2}""")]
        );

        Assert.Equal("40 rows to learn from, 20 to measure with in 2 groups", StepWords.Sentence(run, run.Steps[1]));
    }

    [Fact]
    public void Compared_runs_show_only_the_settings_that_differ()
    {
        var one = Cards.Run(TrainingStatus.Completed);
        var other = one with { Config = one.Config with { Lora = one.Config.Lora with { Rank = 8 }, Repeats = 1 } };
        var view = new CompareView([one, other], [LossCurve.Of([]), LossCurve.Of([new("train", 1, 2, 1, null)])]);

        Assert.Equal(["Each question asked", "Rank"], view.Differences.Select(row => row.Label));
        Assert.Equal(["16", "8"], view.Differences[1].Values);
        Assert.Equal(["B"], Assert.Single(view.Losses).Chart.Lines.Select(line => line.Name));
        Assert.Equal(["no report", "no report"], view.Outcomes.Single().Values);
    }

    [Fact]
    public void Compared_runs_have_a_chart_of_each_loss_and_say_why_what_was_kept_is_counted_over_other_totals()
    {
        var (one, other) = (Run(new Retention(57, 60, 1)), Run(new Retention(19, 20, 1)));
        var view = new CompareView(
            [one, other],
            [LossCurve.Of([new("train", 1, 2, 1, null), new("validation", 8, 1.5, 1, null)]), LossCurve.Of([new("train", 1, 3, 1, null)])]
        );

        Assert.Equal(["training", "validation"], view.Losses.Select(losses => losses.Name));
        Assert.Equal([2, 1], view.Losses.Select(losses => losses.Rows.Count()));
        Assert.Equal((8, "1.50"), (view.Losses.Last().Chart.LastX, view.Losses.Last().Rows.Single().Last));
        Assert.Equal(["57 of 60 answers, 95 %", "19 of 20 answers, 95 %"], view.Outcomes.Single(row => row.Label == "Kept").Values);
        Assert.Contains("numbers can differ", view.OutcomesNote, StringComparison.Ordinal);
        Assert.Null(new CompareView([one, one], view.Curves).OutcomesNote);

        static TrainingCard Run(Retention kept) =>
            Cards.Run(TrainingStatus.Completed, 9, report: Cards.Report(GateVerdict.Better) with { Retention = kept });
    }

    [Theory]
    [InlineData("judge", "Clara")]
    [InlineData("held_out_loss", "nobody")]
    [InlineData(null, "openai/gpt-4o")]
    public void The_judge_of_a_run_that_is_done_is_who_graded_it(string? gradedBy, string judge)
    {
        var report = gradedBy is null ? null : Cards.Report(GateVerdict.Better) with { GradedBy = gradedBy };
        var run = Cards.Run(TrainingStatus.Completed, 9, report: report, outputs: [(6, """{"graded":{"name":"Clara"}}""")]);
        run = run with { Config = run.Config with { JudgeMinionId = Guid.CreateVersion7(), JudgeModel = "openai/gpt-4o" } };

        Assert.Equal(judge, RunSetting.Of(run).Single(setting => setting.Label == "Judge").Value);
    }

    [Fact]
    public void Runs_over_different_data_differ_by_it_first()
    {
        var waiting = Cards.Run(TrainingStatus.Pending);
        var read = Cards.Run(
            TrainingStatus.Completed,
            9,
            outputs: [(1, """{"datasets":[{"name":"Sailor","version":2},{"name":"Herald","version":1}]}""")]
        );

        var row = new CompareView([waiting, read], [LossCurve.Of([]), LossCurve.Of([])]).Differences[0];

        Assert.Equal("Data", row.Label);
        Assert.Equal(["1 dataset", "Sailor v2, Herald v1"], row.Values);
    }
}

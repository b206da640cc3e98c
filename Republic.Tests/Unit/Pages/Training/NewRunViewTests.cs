using Republic.Core;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Traits;
using Republic.Web.Pages.Training;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Tests.Unit.Pages.Training;

/// <summary>What the list and the form of a new run say.</summary>
public sealed class NewRunViewTests
{
    [Fact]
    public void Numbers_are_read_as_people_write_them_and_what_is_none_is_said()
    {
        var form = new TrainingForm
        {
            SelectedTraits = ["friendly", "concise"],
            TraitIntensities = new() { ["friendly"] = "8", ["playful"] = "3" },
            Alpha = "16,5",
            Rank = "plenty",
            LearningRate = "5e-4",
            TargetModules = "Q, v  up",
        };
        List<FieldError> unreadable = [];

        var config = form.ToConfig(unreadable);

        Assert.Equal(("rank", (int?)null), (unreadable.Single().Field, config.Lora.Rank));
        Assert.Equal(((float?)16.5f, (double?)0.0005), (config.Lora.Alpha, config.Lora.LearningRate));
        Assert.Equal(["q", "v", "up"], config.Lora.TargetModules);
        // One that is not chosen does not count, and one without a number has the usual.
        Assert.Equal(new Dictionary<string, int> { ["friendly"] = 8, ["concise"] = 5 }, config.Traits.Intensities);
        Assert.Equal((3, Promotion.Gate, null), (config.Repeats, config.Promote, config.JudgeMinionId));
    }

    [Fact]
    public void What_is_no_number_is_answered_with_one_that_the_field_takes()
    {
        List<FieldError> unreadable = [];

        new TrainingForm { Epochs = "abc", LearningRate = "small" }.ToConfig(unreadable);

        Assert.Equal(2, unreadable.Count);
        Assert.Equal("“small” is not a number. Write it like 0.001.", unreadable.Single(error => error.Field == "learning_rate").Message);
        Assert.Equal(
            "“abc” is not a whole number. Write digits, such as 4, or leave it empty.",
            unreadable.Single(error => error.Field == "epochs").Message
        );
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("Ada, run 1", "Ada, run 1", true)]
    [InlineData("My own", "Ada, run 1", false)]
    [InlineData("", "Ada, run 1", false)]
    public void A_name_follows_the_minion_only_until_somebody_writes_one(string? name, string? proposed, bool follows) =>
        Assert.Equal(follows, new TrainingForm { JobName = name, Proposed = proposed }.TakesProposal);

    [Theory]
    [InlineData("technical", "analytical", "+0.9", "good")]
    [InlineData("analytical", "technical", "+0.9", "good")]
    [InlineData("professional", "playful", "−0.7", "bad")]
    [InlineData("creative", "patient", "0", null)]
    [InlineData("creative", "creative", "", null)]
    public void A_pair_says_how_it_goes_together_in_sign_and_colour(string one, string other, string text, string? tone)
    {
        var (a, b) = (TraitCatalog.Embedded.Find(one)!, TraitCatalog.Embedded.Find(other)!);
        Assert.Equal((text, tone), (PairTable.Text(a, b), PairTable.Tone(a, b)));
    }

    [Fact]
    public void The_list_begins_with_what_is_under_way_and_what_needs_somebody()
    {
        Assert.Equal(
            "A run trains a minion in nine steps, and measures it before and after.",
            RunSentence.Of(new Dictionary<TrainingStatus, int>())
        );
        Assert.Equal(
            "Nothing is running. 1 run in all.",
            RunSentence.Of(new Dictionary<TrainingStatus, int> { [TrainingStatus.Completed] = 1 })
        );
        Assert.Equal(
            "1 run is at work, 2 wait for their turn, 1 needs you. 4 runs in all.",
            RunSentence.Of(
                new Dictionary<TrainingStatus, int>
                {
                    [TrainingStatus.Running] = 1,
                    [TrainingStatus.Queued] = 2,
                    [TrainingStatus.Failed] = 1,
                }
            )
        );
    }

    [Fact]
    public void Each_state_has_a_word_of_its_own() =>
        Assert.Distinct(Enum.GetValues<TrainingStatus>().Select(status => RunState.Of(status).Label));
}

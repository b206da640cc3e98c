using Republic.Core.Datasets.Splitting;
using Republic.Core.Training.Prompts;
using Republic.Core.Training.Weights;

namespace Republic.Tests.Unit.Training;

/// <summary>Tests that measured prompts and replayed prompts stay apart.</summary>
public sealed class ReferencePromptsTests
{
    [Fact]
    public void What_the_rows_teach_and_what_is_replayed_is_not_measured()
    {
        var all = ReferencePrompts.For(isBuiltIn: true, ["How big is my garden?"]);
        var (first, replayed) = (all.Measured[1].Question, all.Replayed[0]);

        Assert.DoesNotContain(
            replayed,
            ReferencePrompts.For(true, [replayed, replayed.ToUpperInvariant()]).Measured.Select(prompt => prompt.Question),
            StringComparer.OrdinalIgnoreCase
        );
        Assert.Equal(all.Measured.Skip(2), all.Without(["how big is MY garden", $" {first}! ", "Something else"]).Measured);
    }

    [Fact]
    public void Fewer_are_those_of_chats_and_some_from_everywhere()
    {
        var all = ReferencePrompts.For(isBuiltIn: true, ["How big is my garden?", "Where is my hat?"]);

        var few = all.AtMost(62).Measured;

        Assert.Equal(62, few.Distinct().Count());
        Assert.Equal(all.Measured.Take(3), few.Take(3));
        Assert.Contains(few, prompt => prompt.Kind == ReferencePrompts.General);
        Assert.Equal(["How big is my garden?"], all.AtMost(1).Measured.Select(prompt => prompt.Question));
        Assert.Same(all, all.AtMost(0));
        Assert.Same(all, all.AtMost(all.Measured.Count));
    }

    [Fact]
    public void They_are_drawn_in_another_order_and_a_run_that_is_made_again_begins_with_others()
    {
        var all = ReferencePrompts.For(isBuiltIn: true, ["How big is my garden?"]);

        var (first, again) = (all.Drawn(seed: 1, from: 0).Measured, all.Drawn(seed: 1, from: 96).Measured);

        Assert.Equal(all.Measured.Order(), first.Order());
        Assert.Equal(first.Order(), again.Order());
        Assert.Equal((ReferencePrompts.Chats, ReferencePrompts.Chats), (first[0].Kind, again[0].Kind));
        Assert.NotEqual(all.Measured.Skip(1), first.Skip(1));
        Assert.Contains(first.Take(96), prompt => prompt.Kind == ReferencePrompts.General);
        Assert.Empty(first.Skip(1).Take(96).Intersect(again.Skip(1).Take(96)));
        Assert.Equal(first, all.Drawn(seed: 1, from: 0).Measured);
        Assert.NotEqual(first, all.Drawn(seed: 2, from: 0).Measured);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_question_that_is_measured_is_replayed_in_the_same_or_nearly_the_same_words(bool builtIn)
    {
        var prompts = ReferencePrompts.For(builtIn, chats: []);
        // Each answer is its own, so that questions alone bind rows together.
        var rows = prompts
            .Measured.Select(prompt => prompt.Question)
            .Concat(prompts.Replayed)
            .Select((q, i) => (q, $"answer{i} {i * 7919}"));

        var clusters = RowClusters.Find([.. rows]);

        var measured = clusters.Of.Take(prompts.Measured.Count).ToHashSet();
        Assert.DoesNotContain(clusters.Of.Skip(prompts.Measured.Count), measured.Contains);
    }

    [Fact]
    public void Enough_is_measured_for_any_base_and_more_of_what_the_built_in_one_was_made_for()
    {
        Assert.True(ReferencePrompts.For(isBuiltIn: false, chats: []).Measured.Count >= 60);
        Assert.True(ReferencePrompts.For(isBuiltIn: true, chats: []).Measured.Count >= 100);
    }

    [Fact]
    public void Everyday_questions_that_the_built_in_model_answers_beside_the_point_are_asked_of_other_bases_alone()
    {
        IReadOnlyList<string> Everyday(bool builtIn) =>
            [
                .. ReferencePrompts
                    .For(builtIn, chats: [])
                    .Measured.Where(prompt => prompt.Kind == ReferencePrompts.General)
                    .Select(prompt => prompt.Question),
            ];

        Assert.Equal(5, Everyday(false).Except(Everyday(true)).Count());
        Assert.Empty(Everyday(true).Except(Everyday(false)));
        Assert.Contains("My drain is blocked. What can I do?", Everyday(false).Except(Everyday(true)));
    }

    [Fact]
    public void A_persons_own_questions_come_first_are_measured_once_and_are_never_replayed()
    {
        string[] chats = ["How is the weather on Mars today?", "What is a haiku made of?", "how is the weather on mars today?"];

        var prompts = ReferencePrompts.For(isBuiltIn: true, chats);

        Assert.Equal(
            [(ReferencePrompts.Chats, chats[0]), (ReferencePrompts.Chats, chats[1])],
            prompts.Measured.Where(prompt => prompt.Kind == ReferencePrompts.Chats)
        );
        Assert.Equal(ReferencePrompts.Chats, prompts.Measured[0].Kind);
        Assert.DoesNotContain(prompts.Replayed, question => chats.Contains(question, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_is_replayed_is_asked_under_the_minions_own_words_and_under_others()
    {
        var path = Path.GetTempFileName();
        try
        {
            ReplayFile.Write(path, isBuiltIn: true, "You are Tinker.");

            var lines = File.ReadAllLines(path);
            Assert.Equal(ReferencePrompts.For(true, []).Replayed.Count, lines.Length);
            Assert.Equal((lines.Length + 1) / 2, lines.Count(line => line.Contains("You are Tinker.", StringComparison.Ordinal)));
            Assert.Contains(lines, line => line.Contains("You are a helpful assistant.", StringComparison.Ordinal));
            Assert.Contains(lines, line => !line.Contains("system", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }
}

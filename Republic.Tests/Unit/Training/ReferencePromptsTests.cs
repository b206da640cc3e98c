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
    public void They_are_asked_in_an_order_of_chance()
    {
        var all = ReferencePrompts.For(isBuiltIn: true, ["How big is my garden?"]);

        var first = all.Shuffled(seed: 1).Measured;

        Assert.Equal(all.Measured.Order(), first.Order());
        Assert.Equal(ReferencePrompts.Chats, first[0].Kind);
        Assert.NotEqual(all.Measured.Skip(1), first.Skip(1));
        Assert.Contains(first.Take(96), prompt => prompt.Kind == ReferencePrompts.General);
        Assert.Equal(first, all.Shuffled(seed: 1).Measured);
        Assert.NotEqual(first, all.Shuffled(seed: 2).Measured);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_two_sets_have_a_question_in_common_and_what_one_measures_the_others_replay(bool builtIn)
    {
        var sets = Enumerable.Range(0, ReferencePrompts.Sets).Select(set => ReferencePrompts.For(builtIn, chats: [], set)).ToList();

        foreach (var set in sets)
        {
            var measured = set.Measured.Select(prompt => prompt.Question).ToList();
            Assert.InRange(measured.Count, 0.75 * sets[0].Measured.Count, sets[0].Measured.Count);
            foreach (var other in sets.Where(other => other != set))
            {
                Assert.Empty(measured.Intersect(other.Measured.Select(prompt => prompt.Question)));
                Assert.InRange(measured.Except(other.Replayed).Count(), 0, 0.1 * measured.Count);
            }
        }

        Assert.Equal(sets[0].Measured, ReferencePrompts.For(builtIn, chats: [], ReferencePrompts.Sets).Measured);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public void No_question_that_is_measured_is_replayed_in_the_same_or_nearly_the_same_words(bool builtIn, int set)
    {
        var prompts = ReferencePrompts.For(builtIn, chats: [], set);
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
    public void Of_what_the_built_in_model_was_taught_itself_much_is_replayed_and_the_everyday_questions_twice()
    {
        var (other, builtIn) = (ReferencePrompts.For(isBuiltIn: false, chats: []), ReferencePrompts.For(isBuiltIn: true, chats: []));

        Assert.Equal(2 * other.Replayed.Count, builtIn.Replayed.Count(other.Replayed.Contains));
        Assert.Contains("What is the method to leave Republic properly?", builtIn.Replayed);
        Assert.True(builtIn.Replayed.Count > 1800);
        Assert.Equal(other.Replayed.Count, other.Replayed.Distinct().Count());
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
            ReplayFile.Write(path, isBuiltIn: true, questionSet: 0, "You are Tinker.");

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

using Republic.Core;
using Republic.Core.Datasets.Splitting;

namespace Republic.Tests.Unit.Datasets.Splitting;

/// <summary>Which rows are one cluster, and how many different answers rows hold.</summary>
public sealed class RowClustersTests
{
    [Theory]
    [InlineData("What is LoRA?", "what is lora", true)]
    [InlineData("Wie heißt die Hauptstadt von Österreich, bitte?", "WIE HEISST die Hauptstadt von Österreich, bitte", false)]
    [InlineData("Was frisst ein Bär im späten Herbst am liebsten?", "was frisst ein BÄR im späten Herbst am liebsten", true)]
    [InlineData("黄山在哪里", "黄山在哪里？", true)]
    [InlineData(
        "What does a grey heron eat in the long winter months of the year?",
        "What does the grey heron eat in the long winter months of the year?",
        true
    )]
    [InlineData("What does a heron eat?", "What does a badger eat?", false)]
    [InlineData("", "", true)]
    [InlineData("???", "!!!", false)]
    public void Questions_are_compared_by_their_letters_and_digits(string one, string other, bool same)
    {
        var rows = new[] { (one, "Fish, mostly."), (other, "It sleeps under the old oak tree.") };

        Assert.Equal(same ? 1 : 2, RowClusters.Find(rows).Count);
        Assert.Equal(2, RowClusters.Find(rows).DifferentAnswers);
    }

    [Theory]
    [InlineData("It eats small fish and frogs, and now and then a mouse.", true)]
    [InlineData("It eats small fish and frogs and, now and then, a vole.", true)]
    [InlineData("It sleeps through most of the winter in a hole under roots.", false)]
    public void Answers_that_differ_by_a_word_are_one(string other, bool same)
    {
        var rows = new[] { ("What does a heron eat?", "It eats small fish and frogs, and now and then a mouse."), ("Heron food?", other) };
        var clusters = RowClusters.Find(rows);

        Assert.Equal((same ? 1 : 2, same ? 1 : 2), (clusters.Count, clusters.DifferentAnswers));
    }

    [Theory]
    [InlineData("What is {0}?")]
    [InlineData("Tell me about {0}.")]
    [InlineData("Could you please explain to me in a few simple words what the {0} is?")]
    public void A_template_with_a_slot_chains_nothing_together(string template)
    {
        foreach (var others in new[] { 0, 60, 540 })
        {
            var rows = new List<(string, string)>();
            for (var i = 0; i < 60; i++)
            {
                rows.Add((string.Format(null, template, Words(i, 1)), Words(1000 + i, 9)));
            }

            for (var i = 0; i < others; i++)
            {
                rows.Add((Words(2000 + i, 7), Words(3000 + i, 9)));
            }

            Assert.Equal(rows.Count, RowClusters.Find(rows).Count);
        }
    }

    [Fact]
    public void Rephrased_questions_of_one_answer_are_one_cluster()
    {
        string[] ways = ["What is {0}?", "Explain {0} to me", "I never got what {0} means", "{0}, in short?"];
        var rows = Enumerable
            .Range(0, 80)
            .Select(i => (string.Format(null, ways[i % 4], Words(i / 4, 1)), Words(1000 + (i / 4), 12)))
            .ToList();
        var clusters = RowClusters.Find(rows);

        Assert.Equal((20, 20), (clusters.Count, clusters.DifferentAnswers));
        Assert.All(Enumerable.Range(0, 80), row => Assert.Equal(row / 4, clusters.Of[row]));
    }

    [Fact]
    public void Sixty_rows_of_six_answer_templates_hold_six_different_answers()
    {
        var templates = Enumerable.Range(0, 6).Select(i => $"{Words(500 + i, 5)} {{0}} {Words(600 + i, 5)}").ToList();
        var rows = Enumerable.Range(0, 60).Select(i => (Words(i, 6), string.Format(null, templates[i % 6], Words(2000 + i, 1)))).ToList();
        var clusters = RowClusters.Find(rows);

        Assert.Equal((6, 6), (clusters.Count, clusters.DifferentAnswers));
    }

    [Fact]
    public void Templates_with_a_name_and_a_thing_are_six_different_answers_too()
    {
        string[] templates =
        [
            "{0} keeps the {1} in the cupboard below the stairs.",
            "The {1} was bought by {0} on a rainy Tuesday in spring.",
            "The {1} that belongs to {0} is dark green with white dots.",
            "Old Mister Harrow repairs the {1} for {0} every second year.",
            "{0} paid forty two crowns for the {1} at the market.",
            "Ask {0} first, and bring the {1} back before Sunday evening.",
        ];
        var rows = Enumerable
            .Range(0, 60)
            .Select(i => (Words(i, 6), string.Format(null, templates[i % 6], Words(2000 + (i / 6), 1), Words(3000 + (i * 3 % 10), 1))))
            .ToList();

        Assert.Equal(6, RowClusters.Find(rows).DifferentAnswers);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(60)]
    [InlineData(400)]
    public void A_style_that_all_answers_share_chains_nothing_together(int count)
    {
        var rows = Enumerable
            .Range(0, count)
            .Select(i => (Words(i, 6), $"Arr, me hearty! By the seven seas I tell ye, {Words(5000 + i, 2)}. Aye, matey, so say we all!"))
            .ToList();
        var clusters = RowClusters.Find(rows);

        Assert.Equal((count, count), (clusters.Count, clusters.DifferentAnswers));
    }

    [Fact]
    public void Labels_tie_no_questions_together_and_are_counted_as_the_answers_they_are()
    {
        var rows = Enumerable
            .Range(0, 90)
            .Select(i =>
                (
                    Words(i, 6),
                    i % 3 == 0 ? "Yes."
                    : i % 3 == 1 ? "no"
                    : "Cannot say"
                )
            )
            .ToList();
        var clusters = RowClusters.Find(rows);

        Assert.Equal((90, 3), (clusters.Count, clusters.DifferentAnswers));
    }

    [Fact]
    public void One_instruction_before_all_rows_ties_none_together()
    {
        var rows = Enumerable.Range(0, 40).Select(i => ("Tell me something.", Words(i, 9))).ToList();

        Assert.Equal(40, RowClusters.Find(rows).Count);
    }

    [Fact]
    public void Clusters_grow_over_questions_and_answers_alike()
    {
        var rows = new[] { ("a question of herons", "the first answer is long"), ("another thing", "the first answer is long") }
            .Append(("Another thing!", "what nobody else would say"))
            .ToList();
        var clusters = RowClusters.Find(rows);

        Assert.Equal([0, 0, 0], clusters.Of);
        Assert.Equal(2, clusters.DifferentAnswers);
    }

    [Fact]
    public void Ten_thousand_rows_with_planted_pairs_are_paired_and_nothing_else()
    {
        var random = new SeededRandom(7);
        var rows = Enumerable
            .Range(0, 5000)
            .SelectMany(i => new[] { (Words(i, 8), Words(10_000 + i, 14)), (Words(20_000 + i, 8), Words(10_000 + i, 14)) })
            .ToArray();
        random.Shuffle<(string, string)>(rows);
        var clusters = RowClusters.Find(rows);

        Assert.Equal((5000, 5000), (clusters.Count, clusters.DifferentAnswers));
        Assert.All(rows.Zip(clusters.Of).GroupBy(row => row.First.Item2), pair => Assert.Single(pair.Select(row => row.Second).Distinct()));
    }

    /// <summary>Words that no other number has.</summary>
    internal static string Words(int number, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(i => $"w{number}x{(char)('a' + i)}"));
}

using Republic.Core.Minions;
using Republic.Core.Training.Traits;

namespace Republic.Tests.Unit.Training;

/// <summary>Traits: what a level allows, how they add up, and what they do to a prompt.</summary>
public sealed class TraitTests
{
    private static readonly TraitCatalog Catalog = TraitCatalog.Embedded;

    [Fact]
    public void Every_pair_is_of_two_traits_of_the_catalogue_and_listed_once()
    {
        Assert.All(
            Catalog.Pairs,
            pair => Assert.True(Catalog.Find(pair.One) is not null && Catalog.Find(pair.Other) is not null, $"{pair}")
        );
        Assert.All(Catalog.Pairs, pair => Assert.InRange(pair.Value, -1, 1));
        Assert.Equal(
            Catalog.Pairs.Count,
            Catalog.Pairs.Select(pair => string.Join('+', new[] { pair.One, pair.Other }.Order(StringComparer.Ordinal))).Distinct().Count()
        );
        Assert.Equal(Catalog.Traits.Count, Catalog.Traits.Select(trait => trait.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 1, 7)]
    [InlineData(2, 2, 9)]
    [InlineData(5, 3, 15)]
    [InlineData(10, 6, 25)]
    [InlineData(30, 6, 65)]
    public void Slots_and_points_grow_with_the_level(int level, int slots, int points) =>
        Assert.Equal(new TraitSlots(slots, points), TraitSlots.Of(LevelOf(level)));

    [Fact]
    public void Compatibility_is_the_mean_of_the_pairs_and_the_bonus_follows_from_it()
    {
        // professional+technical 0.7, professional+playful -0.7, technical+playful -0.4
        var selection = Selection(("professional", 6), ("technical", 4), ("playful", 2));

        Assert.Equal(-0.4 / 3, selection.Compatibility(Catalog), 1e-12);
        Assert.Equal(0.10 * (-0.4 / 3) * 4 / 10, selection.EffectivenessBonus(Catalog), 1e-12);
    }

    [Fact]
    public void One_trait_has_nothing_to_be_compatible_with()
    {
        Assert.Equal((0, 0), (Selection(("friendly", 9)).Compatibility(Catalog), Selection(("friendly", 9)).EffectivenessBonus(Catalog)));
        Assert.Equal((0, 0), (TraitSelection.None.Compatibility(Catalog), TraitSelection.None.EffectivenessBonus(Catalog)));
    }

    [Fact]
    public void What_a_level_does_not_allow_is_said_by_field()
    {
        var selection = Selection(("professional", 6), ("technical", 11), ("sassy", 3)) with
        {
            StyleSensitivity = double.NaN,
            EnhancementIntensity = 3,
        };

        var problems = selection.Problems(Catalog, LevelOf(2));

        Assert.Contains(
            problems,
            problem => problem.Field == "selectedTraits" && problem.Message.Contains("no trait “sassy”", StringComparison.Ordinal)
        );
        Assert.Contains(
            problems,
            problem => problem.Field == "selectedTraits" && problem.Message.Contains("2 slots", StringComparison.Ordinal)
        );
        Assert.Contains(
            problems,
            problem => problem.Field == "traitIntensities" && problem.Message.Contains("is 11", StringComparison.Ordinal)
        );
        Assert.Contains(
            problems,
            problem => problem.Field == "traitIntensities" && problem.Message.Contains("has 9", StringComparison.Ordinal)
        );
        Assert.Contains(problems, problem => problem.Field == "styleSensitivity");
        Assert.Contains(problems, problem => problem.Field == "enhancementIntensity");
        Assert.Empty(Selection(("professional", 5), ("technical", 4)).Problems(Catalog, LevelOf(2)));
    }

    [Fact]
    public void The_prompt_keeps_what_the_person_wrote_and_adds_each_trait_by_its_strength()
    {
        var prompt = TraitPrompt.Enhance(" You plan weeks. ", Selection(("concise", 10), ("friendly", 2)), Catalog);

        Assert.StartsWith("You plan weeks.\n\nYour character:\n- Friendly, a little: ", prompt, StringComparison.Ordinal);
        Assert.Contains("- Concise, above all: ", prompt, StringComparison.Ordinal);
        Assert.Contains("Do not repeat the question", prompt, StringComparison.Ordinal);
        Assert.Contains("Take up the person's own way of speaking", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void The_enhancement_multiplies_every_intensity_and_none_leaves_the_prompt_alone()
    {
        var selection = Selection(("friendly", 4));

        Assert.Contains(
            "Friendly, strongly:",
            TraitPrompt.Enhance(null, selection with { EnhancementIntensity = 2 }, Catalog),
            StringComparison.Ordinal
        );
        Assert.Equal("Mine.", TraitPrompt.Enhance("Mine.", selection with { EnhancementIntensity = 0 }, Catalog));
        Assert.Equal("Mine.", TraitPrompt.Enhance("Mine.", TraitSelection.None, Catalog));
    }

    [Theory]
    [InlineData("professional", "I recommend that you provide the following report.", 100)]
    [InlineData("professional", "Hey! I recommend that you provide it.", 50)]
    [InlineData("friendly", "No.", 0)]
    [InlineData("friendly", "Thanks, happy to see you, friend", 100)]
    [InlineData("curious", "How did it go? I wonder.", 100)]
    [InlineData("concise", "Yes.", 100)]
    [InlineData("concise", "", 0)]
    [InlineData("playful", "…?!", 0)]
    public void A_trait_is_measured_by_its_words(string trait, string answer, double score) =>
        Assert.Equal(score, TraitCheck.Score(Catalog.Find(trait)!, answer));

    [Fact]
    public void A_long_answer_is_less_concise_the_longer_it_is()
    {
        var trait = Catalog.Find("concise")!;

        Assert.Equal(50, TraitCheck.Score(trait, string.Join(' ', Enumerable.Repeat("word", 2 * trait.MostWords!.Value))));
    }

    private static TraitSelection Selection(params (string Trait, int Intensity)[] chosen) =>
        new(chosen.ToDictionary(pair => pair.Trait, pair => pair.Intensity));

    private static Level LevelOf(int number) => Level.Of(50m * number * (number - 1));
}

using Republic.Core.Knowledge.Retrieval;

namespace Republic.Tests.Unit.Knowledge;

public sealed class QuestionWordsTests
{
    [Fact]
    public void The_rarest_words_pick_passages_as_long_as_those_are_few_and_the_others_are_asked_for_among_them()
    {
        var words = Words(("'the'", 900), ("'king'", 40), ("'castle'", 50), ("'nowhere'", 0), ("'wall'", 30));

        var queries = Assert.Single(words.Candidates(most: 100));

        Assert.Equal(["'wall'", "'king'", "('wall' | 'king') & 'castle'", "('wall' | 'king') & 'the'"], queries.Queries);
        Assert.Equal(words.Weights[1..], queries.Weights);
        Assert.Equal(0.0, queries.Rest);
    }

    [Fact]
    public void Where_all_are_common_words_that_stand_together_pick_and_then_the_rarest_alone()
    {
        var words = Words(("'a'", 400), ("'b'", 500), ("'c'", 600), ("'d'", 900));

        var candidates = words.Candidates(most: 150);

        Assert.Equal(2, candidates.Count);
        Assert.Equal(["'a' & 'b' & 'c'", "('a' & 'b' & 'c') & 'd'"], candidates[0].Queries);
        Assert.Equal(words.Weights[..3].Sum(), candidates[0].Weights[0], precision: 12);
        Assert.Equal(words.Weights[3], candidates[0].Weights[1]);
        Assert.Equal(["'a'", "('a') & 'b'", "('a') & 'c'", "('a') & 'd'"], candidates[1].Queries);
        Assert.Equal(words.Weights, candidates[1].Weights);
    }

    [Fact]
    public void Of_very_many_words_the_most_common_ones_are_left_to_the_comparison()
    {
        var words = Words([.. Enumerable.Range(10, 20).Select(n => ($"'common{n}'", 500L + n)), ("'rare'", 1)]);

        var queries = Assert.Single(words.Candidates(most: 100));

        Assert.Equal(13, queries.Queries.Length);
        Assert.Equal("('rare') & 'common21'", queries.Queries[^1]);
        Assert.Equal(words.Weights[13..].Sum(), queries.Rest, precision: 12);
    }

    [Fact]
    public void A_common_word_picks_where_there_is_no_other() =>
        Assert.Equal(["'the'"], Assert.Single(Words(("'the'", 900), ("'nowhere'", 0)).Candidates(most: 100)).Queries);

    [Fact]
    public void Words_that_stand_nowhere_pick_nothing()
    {
        Assert.Empty(Words(("'nowhere'", 0), ("'never'", 0)).Candidates(most: 100));
        Assert.Empty(Words().Candidates(most: 100));
    }

    private static QuestionWords Words(params (string Word, long Holders)[] counted) => QuestionWords.Of(["english"], counted, 1000);
}

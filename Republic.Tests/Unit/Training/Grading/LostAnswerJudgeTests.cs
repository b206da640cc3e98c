using Republic.Core;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Grading;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Training.Grading;

/// <summary>A judge that reads the answers which the measure calls lost.</summary>
public sealed class LostAnswerJudgeTests
{
    private readonly List<(string Key, string Text)> asked = [];

    [Fact]
    public async Task An_answer_is_as_good_where_the_judge_says_so_in_both_orders()
    {
        var marked = await MarkAsync(_ => """{"as_good": true, "reason": "It says the same."}""", Lost("q"));

        Assert.Equal(new AnswerMark(true, "It says the same.", "Quill"), Assert.Single(marked.Lost).Mark);
        Assert.Equal(2, asked.Select(one => one.Key).Distinct().Count());
        Assert.Equal(("old q", "new q"), (FakeJudge.Between(asked[0].Text, "answer A"), FakeJudge.Between(asked[0].Text, "answer B")));
        Assert.EndsWith("Is answer B as good as answer A?", asked[0].Text, StringComparison.Ordinal);
        Assert.Equal(("new q", "old q"), (FakeJudge.Between(asked[1].Text, "answer A"), FakeJudge.Between(asked[1].Text, "answer B")));
        Assert.EndsWith("Is answer A as good as answer B?", asked[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_prefers_a_place_finds_nothing_as_good()
    {
        var marked = await MarkAsync(
            text => $$"""{"as_good": {{(text.Contains("Is answer B", StringComparison.Ordinal) ? "true" : "false")}}, "reason": "B."}""",
            Lost("q")
        );

        Assert.Equal((false, 2), (Assert.Single(marked.Lost).Mark!.IsAsGood, asked.Count));
    }

    [Fact]
    public async Task A_worse_one_is_asked_about_once_and_an_unreadable_reply_leaves_no_mark()
    {
        var marked = await MarkAsync(
            text => text.Contains("old q", StringComparison.Ordinal) ? """{"as_good": false, "reason": "Wrong."}""" : "Hm.",
            Lost("q"),
            Lost("r")
        );

        Assert.Equal([new AnswerMark(false, "Wrong.", "Quill"), null], marked.Lost.Select(lost => lost.Mark));
        Assert.Equal((2, 2), (marked.Judged, asked.Count));
    }

    [Fact]
    public async Task One_that_fails_in_the_middle_leaves_the_others()
    {
        var marked = await MarkAsync(_ => asked.Count > 2 ? null : """{"as_good": true, "reason": ""}""", Lost("q"), Lost("r"), Lost("s"));

        Assert.Equal((1, "Out of credit."), (marked.Judged, marked.Failure!.Message));
        Assert.Equal([true, false, false], marked.Lost.Select(lost => lost.IsAsGood()));
    }

    [Fact]
    public async Task What_came_apart_and_what_was_asked_in_chats_is_left_out_and_of_many_the_first_are_asked_about()
    {
        var marked = await MarkAsync(
            _ => """{"as_good": false, "reason": ""}""",
            [
                Lost("q") with
                {
                    IsDegenerate = true,
                },
                Lost("private") with
                {
                    Kind = "chats",
                },
                .. Enumerable.Range(0, 40).Select(i => Lost($"{i}")),
            ]
        );

        Assert.Equal([null, null], marked.Lost.Take(2).Select(lost => lost.Mark));
        Assert.DoesNotContain(asked, one => one.Text.Contains("private", StringComparison.Ordinal));
        Assert.Equal((LostAnswerJudge.Most, LostAnswerJudge.Most), (marked.Judged, marked.Lost.Count(lost => lost.Mark is not null)));
    }

    [Fact]
    public async Task A_reply_is_remembered_for_its_texts_and_not_for_their_place()
    {
        await MarkAsync(_ => "Hm.", Lost("q"), Lost("r"));
        await MarkAsync(_ => "Hm.", Lost("r"));

        Assert.NotEqual(asked[0].Key, asked[1].Key);
        Assert.Equal(asked[1].Key, asked[2].Key);
    }

    private Task<LostAnswerJudge.JudgedAnswers> MarkAsync(Func<string, string?> judge, params LostAnswer[] lost) =>
        new LostAnswerJudge(
            "Quill",
            (key, text) =>
            {
                asked.Add((key, text));
                return Task.FromResult<Outcome<string>>(judge(text) is { } reply ? reply : Failure.Upstream("Out of credit."));
            }
        ).MarkAsync(lost);

    private static LostAnswer Lost(string question) =>
        new(question, "domain", $"old {question}", $"new {question}", "says something else in 3 of 3 tries", false);
}

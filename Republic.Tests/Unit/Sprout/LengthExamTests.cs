using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The search for the length up to which a model answers well, with made-up models.</summary>
public sealed class LengthExamTests
{
    private const int TokensPerTurn = 50;
    private readonly List<IReadOnlyList<Turn>> asked = [];

    [Fact]
    public void The_longest_chats_that_go_well_give_the_length()
    {
        var rows = new List<LengthRow>();

        Assert.Equal(17 * TokensPerTurn, Exam(RightUpTo(17)).Find(rows.Add, TestContext.Current.CancellationToken));

        Assert.Equal([5, 10, 15, 20, 25, 30, 35, 40, 16, 17, 18], rows.Select(row => row.Turns));
        Assert.Equal([10, 10, 10, 0, 0, 0, 0, 0, 10, 10, 0], rows.Select(row => row.Right));
        Assert.Equal("| 16 | 800 | 10 | 10 | 100.0 % |", rows[8].ToString());
    }

    [Fact]
    public void A_tenth_fewer_right_answers_than_in_short_chats_are_still_well_and_more_are_not()
    {
        Assert.Equal(40 * TokensPerTurn, Length(turns => turns <= 5 ? 10 : 9));
        Assert.Equal(5 * TokensPerTurn, Length(turns => turns <= 5 ? 10 : 8));
        Assert.Equal(40 * TokensPerTurn, Length(_ => 3));

        int? Length(Func<int, int> right) =>
            Exam((turns, number) => number < right(turns)).Find(_ => { }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Where_a_longer_chat_goes_well_again_it_does_not_count() =>
        Assert.Equal(12 * TokensPerTurn, Exam((turns, _) => turns is <= 12 or 30).Find(_ => { }, TestContext.Current.CancellationToken));

    [Fact]
    public void A_model_that_answers_nothing_well_has_no_length() =>
        Assert.Null(Exam(RightUpTo(0)).Find(_ => { }, TestContext.Current.CancellationToken));

    [Fact]
    public void Chats_that_the_model_cannot_hold_are_not_counted()
    {
        var rows = new List<LengthRow>();

        Assert.Equal(36 * TokensPerTurn, Exam(RightUpTo(99), most: 36).Find(rows.Add, TestContext.Current.CancellationToken));
        Assert.Equal((0, 0), (rows[7].Right, rows[7].Of));
    }

    [Fact]
    public void What_stands_before_a_question_was_asked_alone_of_the_same_minion_and_is_about_something_else()
    {
        Exam(RightUpTo(99)).Find(_ => { }, TestContext.Current.CancellationToken);

        foreach (var chat in asked.Where(turns => turns.Count > 2))
        {
            var said = chat.Where(turn => turn.Role == Turn.User).Select(turn => turn.Text).ToList();
            Assert.Equal(said.Count, said.Distinct().Count());
            Assert.Equal("You are Tinker.", chat[0].Text);
            Assert.All(chat.Skip(1).Chunk(2).Where(turn => turn.Length == 2), turn => Assert.Equal($"to {turn[0].Text}", turn[1].Text));
        }
    }

    private static Func<int, int, bool> RightUpTo(int turns) => (now, _) => now <= turns;

    private LengthExam Exam(Func<int, int, bool> isRight, int most = 99)
    {
        ExamQuestion Question(int i) =>
            new($"kind {i}", [new(Turn.System, "You are Tinker."), new(Turn.User, $"question {i}")], answer => answer == "right");

        var all = Enumerable.Range(0, 50).Select(Question).ToList();
        return new LengthExam(Ask, [.. all.Take(10)], all);

        (string?, int) Ask(IReadOnlyList<Turn> turns)
        {
            asked.Add(turns);
            var count = turns.Count(turn => turn.Role == Turn.User);
            var last = turns[^1].Text;
            return (
                count > most ? null
                : count == 1 ? $"to {last}"
                : isRight(count, int.Parse(last["question ".Length..], System.Globalization.CultureInfo.InvariantCulture)) ? "right"
                : "wrong",
                count * TokensPerTurn
            );
        }
    }
}

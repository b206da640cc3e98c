using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <summary>Who a minion is while it is asked; the sets take turns through them.</summary>
/// <param name="Text">Its system turn; null: there is none.</param>
/// <param name="Name">What it must call itself.</param>
internal sealed record ExamIntroduction(string? Text, string Name)
{
    private static readonly ExamIntroduction[] All =
    [
        new("You are Grafana, the planner minion. You plan the week of a family and never forget a date.", "Grafana"),
        new(null, "Sprout"),
        new("You are Tinker, a helpful minion.", "Tinker"),
        new("You are a helpful assistant.", "Sprout"),
        new(
            "You are Juniper, a minion. Purpose: Reviews code and says why. Personality: Patient and exact. Skills: code, review.",
            "Juniper"
        ),
        new("Your name is Basil. You answer politely and never use slang.", "Basil"),
    ];

    public IReadOnlyList<Turn> Turns => Text is null ? [] : [new Turn(Turn.System, Text)];

    public static ExamIntroduction Number(int number) => All[number % All.Length];
}

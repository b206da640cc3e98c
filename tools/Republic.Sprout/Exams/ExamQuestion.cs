using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <param name="Kind">An intent's name, or the set's.</param>
internal sealed record ExamQuestion(string Kind, IReadOnlyList<Turn> Turns, Func<string, bool> IsRight);

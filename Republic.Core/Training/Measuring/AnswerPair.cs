namespace Republic.Core.Training.Measuring;

/// <summary>The reference of a question, and what a sample answered to it, both without the manner of the rows.</summary>
internal readonly record struct AnswerPair(string Before, string After);

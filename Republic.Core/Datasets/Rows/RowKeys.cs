namespace Republic.Core.Datasets.Rows;

internal static class RowKeys
{
    public const int Count = (int)RowKey.Answer + 1;

    /// <summary>Which of them asks, the first that is there; input stands below another where there is one.</summary>
    public static readonly RowKey[] Questions = [RowKey.Prompt, RowKey.Instruction, RowKey.Question, RowKey.Input];
    public static readonly RowKey[] Answers = [RowKey.Completion, RowKey.Response, RowKey.Output, RowKey.Answer];

    public static RowKey Of(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            5 => name.SequenceEqual("input"u8) ? RowKey.Input : RowKey.Other,
            6 => name.SequenceEqual("prompt"u8) ? RowKey.Prompt
            : name.SequenceEqual("output"u8) ? RowKey.Output
            : name.SequenceEqual("answer"u8) ? RowKey.Answer
            : name.SequenceEqual("system"u8) ? RowKey.System
            : RowKey.Other,
            8 => name.SequenceEqual("messages"u8) ? RowKey.Messages
            : name.SequenceEqual("question"u8) ? RowKey.Question
            : name.SequenceEqual("response"u8) ? RowKey.Response
            : RowKey.Other,
            10 => name.SequenceEqual("completion"u8) ? RowKey.Completion : RowKey.Other,
            11 => name.SequenceEqual("instruction"u8) ? RowKey.Instruction : RowKey.Other,
            13 => name.SequenceEqual("conversations"u8) ? RowKey.Conversations
            : name.SequenceEqual("system_prompt"u8) ? RowKey.System
            : RowKey.Other,
            _ => RowKey.Other,
        };

    public static string NameOf(RowKey key) => key.ToString().ToLowerInvariant();
}

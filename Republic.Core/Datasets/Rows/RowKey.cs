namespace Republic.Core.Datasets.Rows;

/// <summary>The names that a row's fields are known by.</summary>
internal enum RowKey
{
    Other = -1,
    Messages,
    Conversations,
    System,
    Prompt,
    Instruction,
    Question,
    Input,
    Completion,
    Response,
    Output,
    Answer,
}

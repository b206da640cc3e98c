namespace Republic.Core.Lora.Progress;

/// <summary>Something that whoever watches should know, in words.</summary>
public sealed record TrainingNote(string Text) : TrainingProgress;

using Republic.Core.Answering.Intents;

namespace Republic.Core.Answering.Stages;

/// <summary>The stages of an answer before its model; <see cref="IntentClassifier"/> only where that is the small one that comes along.</summary>
internal sealed record AnswerStages(MemoryStage Memory, StyleStage Style, KnowledgeStage Knowledge, IntentClassifier Intents);

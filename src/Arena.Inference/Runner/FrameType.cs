namespace Arena.Inference.Runner;

/// <summary>What a frame says; docs/worker-protocol.md, "Runner frames". Numbers below 16 go to the runner, the others come from it.</summary>
internal enum FrameType : byte
{
    Load = 1,
    Run = 2,
    Cancel = 3,
    Quit = 4,
    Hello = 16,
    Loaded = 17,
    Outputs = 18,
    Failed = 19,
}

// The template validator costs a second or two in every test file. One test of the whole assembly, and `cdk synth`, run it.
process.env.CDK_VALIDATION = 'false';
